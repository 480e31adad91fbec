package dev.sluice.ftp.client;

import dev.sluice.api.RemotePath;
import dev.sluice.api.observe.Outcome;
import dev.sluice.api.observe.SessionEvent;
import dev.sluice.api.observe.SessionObserver;
import dev.sluice.api.observe.SessionRef;
import dev.sluice.api.observe.TransferRef;
import dev.sluice.ftp.Credentials;
import dev.sluice.ftp.FtpClientSettings;
import dev.sluice.ftp.FtpReply;
import dev.sluice.ftp.PathCharset;
import dev.sluice.ftp.command.FtpCommand;
import dev.sluice.ftp.io.ControlLink;
import dev.sluice.tls.session.TlsSession;
import dev.sluice.transport.io.TransferWatch;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.util.context.ContextView;

/**
 * What a session knows about its server: everything that outlives one command. Touched on the event
 * loop only.
 */
final class Conversation {
  final Route route;
  final Credentials who;
  final FtpClientSettings options;
  private final SessionObserver observer;
  private volatile SessionRef ref;
  private final Sinks.One<Void> closed = Sinks.one();

  /** Replaced when the session must go on over a new connection. */
  ControlLink control;

  /** How the connections are protected by now. */
  final Protection protection = new Protection();

  /** What is known about the server, independent of the connection. */
  final ServerTraits server;

  /** What both sides of this connection have agreed on. */
  Agreed agreed;

  /** Which commands are used where several serve. */
  final Choices choices = new Choices(this);

  /** The login directory; null = not asked yet. */
  @Nullable String home;

  /**
   * @param ref the session as it was announced
   */
  Conversation(Route route, ControlLink control, SessionRef ref) {
    this.route = route;
    this.ref = ref.withPeer(control.peer());
    this.options = route.options();
    this.who = options.credentials();
    this.observer = options.observer();
    this.agreed = new Agreed(options.dialogue().charset());
    this.server = new ServerTraits(options.listing().zone());
    this.control = control;
    watch(control);
  }

  /** Goes on over another connection, on which no user has logged in yet. */
  void adopt(ControlLink fresh) {
    control = fresh;
    server.features = Features.UNKNOWN;
    agreed = new Agreed(options.dialogue().charset());
    protection.reset();
    watch(fresh);
  }

  /** Completes when the session has ended in order, or signals what ended it. */
  Mono<Void> onClosed() {
    return closed.asMono();
  }

  /** A connection that was replaced may end as it likes. */
  private void watch(ControlLink link) {
    link.onClosed().subscribe(never -> {}, cause -> lost(link, cause), () -> lost(link, null));
  }

  private void lost(ControlLink link, @Nullable Throwable cause) {
    if (link != control) {
      return;
    }
    protection.reset();
    tell(
        cause == null
            ? new SessionEvent.Closed(ref, Outcome.COMPLETE, "closed")
            : new SessionEvent.Closed(
                ref, Outcome.failed(cause), String.valueOf(cause.getMessage())));
    if (cause == null) {
      closed.tryEmitEmpty();
    } else {
      closed.tryEmitError(cause);
    }
  }

  PathCharset charset() {
    return agreed.charset;
  }

  void useCharset(PathCharset newCharset) {
    agreed.charset = newCharset;
    control.charset(newCharset);
  }

  void tell(SessionEvent event) {
    observer.onEvent(event);
  }

  /** The session for events, as far as it is known by now. */
  SessionRef ref() {
    return ref;
  }

  /** The login is complete. */
  void loggedIn() {
    ref = ref.withUser(who.user());
    tell(new SessionEvent.LoggedIn(ref));
  }

  /** A transfer that begins now. */
  TransferWatch watch(TransferRef.Direction direction, RemotePath file, ContextView context) {
    return TransferWatch.start(observer, ref, direction, file, context);
  }

  void tellSecured(TlsSession session) {
    ref = ref.withProtocol("ftps");
    tell(
        new SessionEvent.Secured(
            ref, session.version().label(), session.cipherSuite(), session.resumed()));
  }

  /** Sends a command and emits its final reply, whatever it says. The observer hears the verb. */
  Mono<FtpReply> send(FtpCommand command) {
    return Mono.defer(
        () -> {
          long start = System.nanoTime();
          return control.send(command).doOnNext(reply -> answered(command, reply, start));
        });
  }

  /**
   * Whether several commands may be sent at once. Not under TLS: a server that waits on its socket
   * does not notice a line that it has already decrypted.
   */
  boolean takesSeveral() {
    return server.readsAhead && protection.control == null;
  }

  /**
   * Sends commands at once, none of which opens a transfer, and emits all their final replies. Only
   * if the server {@link #takesSeveral}.
   */
  Mono<List<FtpReply>> sendAll(List<FtpCommand> commands) {
    return Mono.defer(
        () -> {
          long start = System.nanoTime();
          return control
              .send(commands)
              .index(
                  (number, reply) -> {
                    answered(commands.get(Math.toIntExact(number)), reply, start);
                    return reply;
                  })
              .collectList();
        });
  }

  /** The key of the server's features in the memory. */
  FeatureMemory.Key key() {
    return new FeatureMemory.Key(
        options.host(), options.effectivePort(), who.user(), protection.control != null);
  }

  private void answered(FtpCommand command, FtpReply reply, long startNanos) {
    if (Job.isUnknown(reply)) {
      route.memory().forget(key());
    }
    tell(
        new SessionEvent.RequestAnswered(
            ref,
            command.verb().name(),
            reply.code(),
            Duration.ofNanos(System.nanoTime() - startNanos)));
  }
}
