package dev.sluice.cli.output;

import dev.sluice.api.RawName;
import dev.sluice.api.RemotePath;
import dev.sluice.client.transfer.Progress;
import dev.sluice.client.transfer.TransferEvent;
import dev.sluice.client.transfer.TransferEvent.Failed;
import dev.sluice.client.transfer.TransferEvent.FileDone;
import dev.sluice.client.transfer.TransferEvent.FileProgress;
import dev.sluice.client.transfer.TransferEvent.FileStarted;
import dev.sluice.client.transfer.TransferEvent.Found;
import dev.sluice.client.transfer.TransferEvent.Same;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How far transfers are: the files in flight, and all of them together. Any thread may add to it
 * and read it.
 */
public final class Board {
  private final LongSupplier nanos;
  private final Map<RemotePath, Flight> flights = new LinkedHashMap<>();
  private final Rate rate = new Rate();

  private long files;
  private long octets;
  private final Plan plan = new Plan();
  private @Nullable Flight last;

  /**
   * @param nanos a clock
   */
  public Board(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** Takes in what happens in a tree. */
  public void add(TransferEvent event) {
    if (event instanceof Found found) {
      found(found);
    } else if (event instanceof Same same) {
      same(same);
    } else if (event instanceof FileStarted started) {
      at(started.path(), 0, started.total());
    } else if (event instanceof FileProgress progress) {
      at(progress.path(), progress.octets(), progress.total());
    } else if (event instanceof FileDone done) {
      done(done.path());
    } else if (event instanceof Failed failed) {
      ended(failed.path());
    }
  }

  /** Takes in what becomes of a single file. */
  public void add(Progress progress) {
    switch (progress.outcome()) {
      case RUNNING -> at(progress.path(), progress.octets(), progress.total());
      case COMPLETE -> {
        at(progress.path(), progress.octets(), progress.octets());
        done(progress.path());
      }
      case UNCHANGED, SKIPPED -> ended(progress.path());
    }
  }

  private synchronized void found(Found found) {
    plan.files += found.files();
    plan.octets += found.octets();
  }

  private synchronized void same(Same same) {
    plan.files--;
    plan.octets -= Math.max(0, same.octets());
  }

  private synchronized void at(RemotePath path, long done, long total) {
    Flight flight = flights.get(path);
    if (flight == null) {
      flight = new Flight(path.name(), done, nanos.getAsLong());
      flights.put(path, flight);
      rate.begin(nanos.getAsLong());
    }
    octets += done - flight.done;
    flight.done = done;
    flight.total = total;
  }

  private synchronized void done(RemotePath path) {
    Flight flight = flights.remove(path);
    files++;
    if (flight != null) {
      octets += Math.max(0, flight.total - flight.done);
      plan.octets -= Math.max(0, flight.total);
      flight.done = Math.max(flight.done, flight.total);
      flight.endNanos = nanos.getAsLong();
      last = flight;
    }
  }

  private synchronized void ended(RemotePath path) {
    Flight flight = flights.remove(path);
    plan.files--;
    plan.octets -= flight == null ? 0 : Math.max(0, flight.total);
  }

  /** The line that stays where a single file was moved; null where nothing or more was. */
  synchronized @Nullable String single(int columns) {
    Flight only = last;
    return files == 1 && flights.isEmpty() && only != null
        ? only.line(only.endNanos, columns)
        : null;
  }

  /**
   * The lines as they are now: a file each, and all together where there are more than one.
   *
   * @param columns of the terminal; no line is longer
   * @param rows the most lines
   */
  synchronized List<String> lines(int columns, int rows) {
    long now = nanos.getAsLong();
    rate.at(now, octets);
    if (flights.isEmpty()) {
      return List.of();
    }
    List<String> lines = new ArrayList<>();
    boolean alone = files == 0 && flights.size() <= 1 && plan.files <= 1;
    int room = Math.max(0, rows - (alone ? 0 : 1));
    flights.values().stream().limit(room).forEach(each -> lines.add(each.line(now, columns)));
    if (!alone) {
      lines.add(total(now, columns));
    }
    return lines;
  }

  private String total(long now, int columns) {
    double each = rate.perSecond();
    long left = left();
    String count = plan.files > files ? files + " of " + plan.files : Long.toString(files);
    boolean one = count.equals("1");
    String name = count + (one ? " file, " : " files, ") + flights.size() + " in flight";
    String eta = left > 0 ? "  ETA " + (each > 0 ? Units.time(left / each) : "-:--") : "";
    String rest =
        String.format(
            Locale.ROOT, "%10s  %10s/s", Units.octets(octets), Units.octets(Math.round(each)));
    String whole = name + rest + (eta.isEmpty() ? "  in  " + rate.time(now) : eta);
    return Columns.cut(whole, columns - 1);
  }

  /** Of the files in flight, and of those that are known and have not begun. */
  private long left() {
    long begun = flights.values().stream().mapToLong(each -> Math.max(0, each.total)).sum();
    long inFlight = flights.values().stream().mapToLong(Flight::left).sum();
    return inFlight + Math.max(0, plan.octets - begun);
  }

  /** What the directories hold that were looked into, without what is there already or failed. */
  private static final class Plan {
    private long files;

    /** Of files that are not done. */
    private long octets;
  }

  /** A file on its way. */
  private static final class Flight {
    private static final int USUAL_NAME = 24;
    private static final int LEAST_NAME = 8;
    private static final int LONGEST_BAR = 30;

    /** Columns of share, octets, rate and time, without a bar. */
    private static final int FIGURES = 44;

    /** Columns of the share alone, and of share and octets. */
    private static final int SHARE = 5;

    private static final int SHARE_AND_OCTETS = SHARE + 10;

    private final String name;
    private final long offset;
    private final long begunNanos;
    private long done;
    private long total;
    private long endNanos;

    Flight(String name, long offset, long begunNanos) {
      this.name = RawName.escape(name);
      this.offset = offset;
      this.done = offset;
      this.begunNanos = begunNanos;
    }

    long left() {
      return Math.max(0, total - done);
    }

    /** On a narrow terminal the name is cut first, then the time, the rate and the octets go. */
    String line(long now, int columns) {
      int room = columns - 1;
      double seconds = (now - begunNanos) / 1e9;
      double perSecond = seconds > 0 ? (done - offset) / seconds : 0;
      double share = total <= 0 ? 1 : Math.min(1, (double) done / total);
      String percent =
          total >= 0 ? String.format(Locale.ROOT, " %3d%%", (int) (share * 100)) : "     ";
      String octets = String.format(Locale.ROOT, "%10s", Units.octets(done));
      if (room < LEAST_NAME + SHARE_AND_OCTETS) {
        return Columns.cut(Columns.fit(name, Math.max(0, room - SHARE)) + percent, room);
      }
      if (room < LEAST_NAME + FIGURES) {
        return Columns.fit(name, room - SHARE_AND_OCTETS) + percent + octets;
      }
      int wide = Math.max(LEAST_NAME, Math.min(USUAL_NAME, room - FIGURES));
      String bar = total >= 0 ? bar(share, room - FIGURES - wide) : "";
      String pace = String.format(Locale.ROOT, "  %10s/s", Units.octets(Math.round(perSecond)));
      String line = Columns.fit(name, wide) + percent + bar + octets + pace;
      return Columns.cut(line + time(seconds, perSecond), room);
    }

    private String time(double seconds, double perSecond) {
      return left() > 0
          ? "  ETA " + (perSecond > 0 ? Units.time(left() / perSecond) : "-:--")
          : "  in  " + Units.time(seconds);
    }

    private static String bar(double share, int room) {
      int width = Math.min(LONGEST_BAR, room - 3);
      if (width < 5) {
        return "";
      }
      int full = (int) (share * width);
      return " [" + "#".repeat(full) + ".".repeat(width - full) + "]";
    }
  }

  /** The rate of the last ten seconds: what is left takes as long as that says. */
  private static final class Rate {
    private static final int SAMPLES = 50;

    private final long[] times = new long[SAMPLES];
    private final long[] counts = new long[SAMPLES];
    private boolean begun;
    private long begunNanos;
    private int next;

    void begin(long now) {
      if (!begun) {
        begun = true;
        begunNanos = now;
        times[0] = now;
        next = 1;
      }
    }

    void at(long now, long octets) {
      times[next % SAMPLES] = now;
      counts[next % SAMPLES] = octets;
      next++;
    }

    double perSecond() {
      int first = next <= SAMPLES ? 0 : next % SAMPLES;
      int latest = (next + SAMPLES - 1) % SAMPLES;
      double seconds = (times[latest] - times[first]) / 1e9;
      return seconds > 0 ? Math.max(0, counts[latest] - counts[first]) / seconds : 0;
    }

    String time(long now) {
      return Units.time((now - begunNanos) / 1e9);
    }
  }
}
