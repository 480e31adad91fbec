package dev.sluice.cli.serve;

import dev.sluice.api.Failures;
import dev.sluice.api.RawName;
import dev.sluice.api.observe.Outcome;
import dev.sluice.api.observe.SessionEvent;
import dev.sluice.api.observe.SessionObserver;
import dev.sluice.cli.status.PlainWords;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
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
public final class SessionLog implements SessionObserver {
  static final int MAX_WAITING = 10_000;

  private final PrintWriter err;
  private final Clock clock;
  private final BlockingQueue<String> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
  private final AtomicLong dropped = new AtomicLong();

  /** A flood of connections is no flood of lines. */
  private static final Duration BETWEEN_TURNED_AWAY = Duration.ofSeconds(1);

  private final boolean verbose;
  private final AtomicLong turnedAway = new AtomicLong();
  private final AtomicLong quietUntil = new AtomicLong();

  SessionLog(PrintWriter err, Clock clock, boolean verbose) {
    this.err = err;
    this.clock = clock;
    this.verbose = verbose;
  }

  /**
   * A log whose thread runs as long as the process.
   *
   * @param verbose whether all is logged, or only what an operator has to know
   */
  public static SessionLog start(PrintWriter err, boolean verbose) {
    SessionLog log = new SessionLog(err, Clock.systemUTC(), verbose);
    Thread thread = new Thread(log::write, "sluice-log");
    thread.setDaemon(true);
    thread.start();
    return log;
  }

  @Override
  public void onEvent(SessionEvent event) {
    if (event instanceof SessionEvent.TurnedAway) {
      turnedAway(line(event));
    } else if (event instanceof SessionEvent.TransferStarted) {
      return; // its end says all
    } else if (verbose || isNotable(event)) {
      say(line(event));
    }
  }

  /** A line that is of no session, as about certificates; control characters escaped. */
  public void note(String text) {
    say(RawName.escape(PlainWords.of(text)));
  }

  private static boolean isNotable(SessionEvent event) {
    return event instanceof SessionEvent.LoginRefused || event instanceof SessionEvent.Banned;
  }

  private void turnedAway(String line) {
    long now = clock.millis();
    long quiet = quietUntil.get();
    if (now < quiet || !quietUntil.compareAndSet(quiet, now + BETWEEN_TURNED_AWAY.toMillis())) {
      turnedAway.incrementAndGet();
      return;
    }
    long others = turnedAway.getAndSet(0);
    say(others == 0 ? line : line + "; and " + others + " more since the last such line");
  }

  private void say(String line) {
    if (!waiting.offer(clock.instant().truncatedTo(ChronoUnit.MILLIS) + " " + line)) {
      dropped.incrementAndGet();
    }
  }

  /** The event in words, control characters escaped. */
  public static String line(SessionEvent event) {
    return RawName.escape("session " + event.session().id() + ": " + words(event));
  }

  private static String words(SessionEvent event) {
    if (event instanceof SessionEvent.Connected) {
      return event.session().protocol() + " from " + event.session().peer();
    } else if (event instanceof SessionEvent.Secured secured) {
      return "secured with "
          + secured.protocol()
          + " "
          + secured.cipher()
          + (secured.resumed() ? ", resumed" : "");
    } else if (event instanceof SessionEvent.LoggedIn) {
      return event.session().user() + " logged in";
    } else if (event instanceof SessionEvent.LoginRefused login) {
      // The address stands ahead of the name, which is the client's choice: nothing in it can pass
      // for an address.
      return "login refused from " + address(event) + ": user " + login.user();
    } else if (event instanceof SessionEvent.Banned banned) {
      return "banned "
          + banned.whom()
          + " for "
          + banned.time().toSeconds()
          + " s: too many failed logins, the last from "
          + address(event);
    } else if (event instanceof SessionEvent.TurnedAway away) {
      return "turned away " + address(event) + ": " + away.reason();
    } else if (event instanceof SessionEvent.RequestAnswered answered) {
      return answered.request() + " " + answered.code() + " in " + millis(answered.took());
    } else if (event instanceof SessionEvent.ListingIncomplete listing) {
      return listing.lines()
          + " lines of the listing of "
          + listing.directory()
          + " were not understood, first: "
          + listing.first();
    } else if (event instanceof SessionEvent.TransferEnded ended) {
      return moved(ended);
    } else if (event instanceof SessionEvent.Closed closed) {
      return "closed: " + PlainWords.of(closed.reason());
    }
    return event.toString();
  }

  private static String moved(SessionEvent.TransferEnded ended) {
    String words =
        ended.transfer().direction().name().toLowerCase(Locale.ROOT)
            + " "
            + ended.octets()
            + " octets of "
            + ended.transfer().file()
            + " in "
            + millis(ended.took());
    Throwable cause = ended.outcome().cause();
    if (cause != null) {
      return words + ", failed: " + PlainWords.of(Failures.line(cause));
    }
    return ended.outcome().equals(Outcome.CANCELLED) ? words + ", cancelled" : words;
  }

  /** Without the port, so that programs which read the log find the address. */
  private static String address(SessionEvent event) {
    InetSocketAddress peer = event.session().peer();
    return peer.getAddress() == null ? peer.toString() : peer.getAddress().getHostAddress();
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
