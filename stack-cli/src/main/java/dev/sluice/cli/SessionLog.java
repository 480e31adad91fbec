package dev.sluice.cli;

import dev.sluice.api.RawName;
import dev.sluice.api.observe.SessionEvent;
import dev.sluice.api.observe.SessionObserver;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One line for each event of a session. Lines are written by a thread of their own, so that a slow
 * reader of the log holds up no session; when it is far behind lines are dropped and counted.
 */
final class SessionLog implements SessionObserver {
  static final int MAX_WAITING = 10_000;

  private final PrintWriter err;
  private final Clock clock;
  private final BlockingQueue<String> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
  private final AtomicLong dropped = new AtomicLong();

  private SessionLog(PrintWriter err, Clock clock) {
    this.err = err;
    this.clock = clock;
  }

  /** A log whose thread runs as long as the process. */
  static SessionLog start(PrintWriter err) {
    SessionLog log = new SessionLog(err, Clock.systemUTC());
    Thread thread = new Thread(log::write, "sluice-log");
    thread.setDaemon(true);
    thread.start();
    return log;
  }

  @Override
  public void onEvent(SessionEvent event) {
    if (!waiting.offer(clock.instant().truncatedTo(ChronoUnit.MILLIS) + " " + line(event))) {
      dropped.incrementAndGet();
    }
  }

  /** The event in words, control characters escaped. */
  static String line(SessionEvent event) {
    return RawName.escape("session " + event.session() + ": " + words(event));
  }

  private static String words(SessionEvent event) {
    if (event instanceof SessionEvent.Connected connected) {
      return connected.protocol() + " from " + connected.peer();
    } else if (event instanceof SessionEvent.Secured secured) {
      return "secured with "
          + secured.protocol()
          + " "
          + secured.cipher()
          + (secured.resumed() ? ", resumed" : "");
    } else if (event instanceof SessionEvent.LoggedIn login) {
      return login.user() + " logged in";
    } else if (event instanceof SessionEvent.LoginRefused login) {
      return login.user() + " refused";
    } else if (event instanceof SessionEvent.RequestAnswered answered) {
      return answered.request() + " " + answered.code() + " in " + millis(answered.took());
    } else if (event instanceof SessionEvent.TransferEnded ended) {
      return ended.direction().name().toLowerCase(Locale.ROOT)
          + " "
          + ended.octets()
          + " octets in "
          + millis(ended.took())
          + (ended.failure() == null ? "" : ", failed: " + ended.failure());
    } else if (event instanceof SessionEvent.Closed closed) {
      return "closed: " + closed.reason();
    }
    return event.toString();
  }

  private static String millis(Duration took) {
    return took.toMillis() + " ms";
  }

  private void write() {
    try {
      while (true) {
        err.println(waiting.take());
        long lost = dropped.getAndSet(0);
        if (lost > 0) {
          err.println(lost + " lines dropped: the log is read too slowly");
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
