package dev.sluice.server.admin;

import dev.sluice.api.observe.Outcome;
import dev.sluice.api.observe.SessionEvent;
import dev.sluice.api.observe.SessionObserver;
import dev.sluice.api.observe.SessionRef;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The last logins, transfers and connections that failed. */
final class RecentTrouble implements SessionObserver {
  private static final int KEPT = 100;

  private final Clock clock;
  private final Deque<Trouble> last = new ArrayDeque<>();

  /**
   * Something that failed.
   *
   * @param user null = nobody had logged in
   */
  record Trouble(Instant at, String protocol, String address, @Nullable String user, String what) {}

  RecentTrouble(Clock clock) {
    this.clock = clock;
  }

  @Override
  public void onEvent(SessionEvent event) {
    if (event instanceof SessionEvent.LoginRefused refused) {
      add(event.session().withUser(refused.user()), "login refused");
    } else if (event instanceof SessionEvent.Banned banned) {
      add(event.session(), banned.whom() + " is banned for " + Units.time(banned.time()));
    } else if (event instanceof SessionEvent.TurnedAway turned) {
      add(event.session(), "turned away: " + turned.reason());
    } else if (event instanceof SessionEvent.TransferEnded ended) {
      String file = ended.transfer().file().toString();
      failed(event.session(), ended.outcome(), "transfer of " + file);
    } else if (event instanceof SessionEvent.Closed closed) {
      failed(event.session(), closed.outcome(), "session: " + closed.reason());
    }
  }

  private void failed(SessionRef session, Outcome outcome, String what) {
    if (outcome.kind() == Outcome.Kind.FAILED) {
      add(session, what + ": " + outcome.error().replace('_', ' '));
    }
  }

  private synchronized void add(SessionRef session, String what) {
    String address = session.peer().getHostString();
    last.addFirst(new Trouble(clock.instant(), session.protocol(), address, session.user(), what));
    if (last.size() > KEPT) {
      last.removeLast();
    }
  }

  /** Latest first; at most a hundred. */
  synchronized List<Trouble> last() {
    return List.copyOf(last);
  }
}
