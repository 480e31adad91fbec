package dev.sluice.server.admin;

import dev.sluice.api.observe.SessionEvent;
import dev.sluice.api.observe.SessionObserver;
import dev.sluice.api.observe.TransferRef.Direction;
import dev.sluice.transport.observe.LiveSessions.LiveSession;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Octets per second of all sessions, of the last five minutes. */
final class TrafficHistory implements SessionObserver {
  static final int SECONDS = 300;

  private final AtomicLong receivedInAll = new AtomicLong();
  private final AtomicLong sentInAll = new AtomicLong();
  private final Deque<Second> seconds = new ArrayDeque<>();
  private Second before = new Second(0, 0);

  /**
   * What moved in one second.
   *
   * @param received octets of uploads
   * @param sent octets of downloads
   */
  record Second(long received, long sent) {}

  @Override
  public void onEvent(SessionEvent event) {
    if (event instanceof SessionEvent.TransferEnded ended) {
      boolean upload = ended.transfer().direction() == Direction.RECEIVED;
      (upload ? receivedInAll : sentInAll).addAndGet(ended.octets());
    }
  }

  /** Called each second with the sessions that are open. */
  synchronized void second(List<LiveSession> live) {
    Second now =
        new Second(
            receivedInAll.get() + moving(live, Direction.RECEIVED),
            sentInAll.get() + moving(live, Direction.SENT));
    // A transfer that ends just now may be in neither number, and in both of them next time.
    seconds.addLast(
        new Second(
            Math.max(0, now.received() - before.received()),
            Math.max(0, now.sent() - before.sent())));
    if (seconds.size() > SECONDS) {
      seconds.removeFirst();
    }
    before = now;
  }

  private static long moving(List<LiveSession> live, Direction direction) {
    return live.stream()
        .flatMap(session -> session.transfers().stream())
        .filter(transfer -> transfer.transfer().direction() == direction)
        .mapToLong(transfer -> transfer.octets())
        .sum();
  }

  /** Oldest first; at most {@link #SECONDS}. */
  synchronized List<Second> seconds() {
    return List.copyOf(seconds);
  }
}
