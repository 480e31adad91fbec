package dev.sluice.server.audit;

import dev.sluice.api.RawName;
import dev.sluice.api.login.Identity;
import dev.sluice.api.observe.Outcome;
import dev.sluice.api.observe.SessionEvent;
import dev.sluice.api.observe.SessionObserver;
import dev.sluice.api.observe.SessionRef;
import dev.sluice.api.observe.TransferRef;
import dev.sluice.api.storage.Storage;
import dev.sluice.api.storage.StorageSession;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import reactor.core.publisher.Mono;

/**
 * Makes one stream of events out of what sessions report and what users do to files. One for the
 * life of a server: a logout belongs to its login, whatever was reloaded between them.
 */
public final class Trail {
  private final Clock clock;
  private final Map<Long, Login> logins = new ConcurrentHashMap<>();

  private record Login(SessionRef session, Instant since) {}

  /**
   * Nothing has happened yet.
   *
   * @param clock tells the time
   */
  public Trail(Clock clock) {
    this.clock = clock;
  }

  /**
   * Watches sessions, uploads and downloads.
   *
   * @param sink takes the events; any thread, must return at once and must not throw
   */
  public SessionObserver observer(Consumer<AuditEvent> sink) {
    return event -> heard(event, sink);
  }

  /**
   * A storage that reports what changes it, and what cannot be opened.
   *
   * @param sink as that of {@link #observer}
   */
  public Storage files(Storage storage, Consumer<AuditEvent> sink) {
    return new Files(storage, sink);
  }

  private void heard(SessionEvent event, Consumer<AuditEvent> sink) {
    SessionRef session = event.session();
    Instant now = clock.instant();
    if (event instanceof SessionEvent.LoggedIn) {
      loggedOut(session.id(), now, Outcome.COMPLETE, "another login", sink);
      logins.put(session.id(), new Login(session, now));
      sink.accept(
          AuditEvent.of(now, AuditEvent.Kind.LOGIN, session, session.user(), AuditEvent.OK, null));
    } else if (event instanceof SessionEvent.Closed closed) {
      loggedOut(session.id(), now, closed.outcome(), closed.reason(), sink);
    } else if (event instanceof SessionEvent.TransferEnded ended) {
      sink.accept(transfer(ended, now));
    } else {
      refusal(event, now, sink);
    }
  }

  private static void refusal(SessionEvent event, Instant now, Consumer<AuditEvent> sink) {
    AuditEvent.Kind kind = null;
    String user = event.session().user();
    String detail = null;
    if (event instanceof SessionEvent.LoginRefused refused) {
      kind = AuditEvent.Kind.LOGIN_REFUSED;
      user = refused.user();
    } else if (event instanceof SessionEvent.Banned banned) {
      kind = AuditEvent.Kind.BAN;
      detail = banned.whom() + " for " + banned.time().toSeconds() + " s";
    } else if (event instanceof SessionEvent.TurnedAway turned) {
      kind = AuditEvent.Kind.TURNED_AWAY;
      detail = turned.reason();
    }
    if (kind != null) {
      sink.accept(AuditEvent.of(now, kind, event.session(), user, AuditEvent.REFUSED, detail));
    }
  }

  private void loggedOut(
      long session, Instant now, Outcome outcome, String reason, Consumer<AuditEvent> sink) {
    Login login = logins.remove(session);
    if (login != null) {
      SessionRef of = login.session();
      boolean whole = outcome.kind() == Outcome.Kind.COMPLETE;
      sink.accept(
          AuditEvent.of(
                  now,
                  AuditEvent.Kind.LOGOUT,
                  of,
                  of.user(),
                  whole ? AuditEvent.OK : outcome.error(),
                  whole ? null : reason)
              .withTook(Duration.between(login.since(), now)));
    }
  }

  private static AuditEvent transfer(SessionEvent.TransferEnded ended, Instant now) {
    boolean sent = ended.transfer().direction() == TransferRef.Direction.SENT;
    return new AuditEvent(
        now,
        sent ? AuditEvent.Kind.DOWNLOAD : AuditEvent.Kind.UPLOAD,
        ended.session(),
        ended.session().user(),
        ended.transfer().file().toString(),
        null,
        ended.octets(),
        ended.took(),
        WatchedFiles.result(ended.outcome()),
        null);
  }

  private final class Files implements Storage {
    private final Storage inner;
    private final Consumer<AuditEvent> sink;

    Files(Storage inner, Consumer<AuditEvent> sink) {
      this.inner = inner;
      this.sink = sink;
    }

    @Override
    public Mono<Void> check() {
      return inner.check();
    }

    @Override
    public Mono<StorageSession> open(Identity user) {
      return Mono.deferContextual(
          context -> {
            SessionRef ref =
                SessionRef.of(context)
                    .orElseGet(Trail::unknown)
                    .withUser(RawName.escape(user.name()));
            return inner.open(user).map(session -> new WatchedFiles(session, ref, sink, clock));
          });
    }
  }

  /** A storage may be used by who names no session. */
  private static SessionRef unknown() {
    return new SessionRef(
        0, SessionRef.Role.SERVER, "", InetSocketAddress.createUnresolved("", 0), null);
  }
}
