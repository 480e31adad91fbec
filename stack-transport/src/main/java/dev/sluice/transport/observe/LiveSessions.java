package dev.sluice.transport.observe;

import dev.sluice.api.observe.SessionEvent;
import dev.sluice.api.observe.SessionObserver;
import dev.sluice.api.observe.SessionRef;
import dev.sluice.api.observe.TransferRef;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * The sessions that are open now, and what they move, for the table of an admin page. Holds no more
 * than is open: the limits of the server bound it.
 */
public final class LiveSessions implements SessionObserver {
  private final Clock clock;
  private final Map<Long, Open> open = new ConcurrentHashMap<>();

  /**
   * A session.
   *
   * @param since when it connected
   * @param transfers under way, oldest first
   */
  public record LiveSession(SessionRef session, Instant since, List<LiveTransfer> transfers) {}

  /**
   * A transfer under way.
   *
   * @param octets moved so far
   */
  public record LiveTransfer(TransferRef transfer, Instant since, long octets) {}

  private record Moving(TransferRef transfer, Instant since, LongSupplier octets) {}

  private record Open(SessionRef session, Instant since, Map<Long, Moving> transfers) {}

  /**
   * No sessions yet.
   *
   * @param clock tells since when
   */
  public LiveSessions(Clock clock) {
    this.clock = clock;
  }

  /** Sessions that are open now, oldest first. Any thread. */
  public List<LiveSession> sessions() {
    return open.values().stream()
        .sorted(Comparator.comparingLong(session -> session.session().id()))
        .map(LiveSessions::seen)
        .toList();
  }

  @Override
  public void onEvent(SessionEvent event) {
    SessionRef session = event.session();
    if (event instanceof SessionEvent.Connected) {
      open.put(session.id(), new Open(session, clock.instant(), new ConcurrentHashMap<>()));
    } else if (event instanceof SessionEvent.Closed) {
      open.remove(session.id());
    } else {
      open.computeIfPresent(session.id(), (id, before) -> after(before, event));
    }
  }

  private Open after(Open before, SessionEvent event) {
    if (event instanceof SessionEvent.TransferStarted started) {
      TransferRef transfer = started.transfer();
      before
          .transfers()
          .put(transfer.id(), new Moving(transfer, clock.instant(), started.octets()));
    } else if (event instanceof SessionEvent.TransferEnded ended) {
      before.transfers().remove(ended.transfer().id());
    }
    return new Open(event.session(), before.since(), before.transfers());
  }

  private static LiveSession seen(Open session) {
    List<LiveTransfer> moving =
        session.transfers().values().stream()
            .sorted(Comparator.comparingLong(transfer -> transfer.transfer().id()))
            .map(t -> new LiveTransfer(t.transfer(), t.since(), t.octets().getAsLong()))
            .toList();
    return new LiveSession(session.session(), session.since(), moving);
  }
}
