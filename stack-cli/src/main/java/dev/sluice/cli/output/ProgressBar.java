package dev.sluice.cli.output;

import dev.sluice.api.RawName;
import dev.sluice.api.RemotePath;
import dev.sluice.client.transfer.Progress;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The line that shows how far a transfer is: share, octets, rate and the time left. Used by one
 * transfer at a time; the thread may change.
 */
public final class ProgressBar {
  private static final long REDRAW_NANOS = 200_000_000;
  private static final int NAME_COLUMNS = 24;
  private static final int FIXED_COLUMNS = NAME_COLUMNS + 52;

  private final @Nullable PrintWriter err;
  private final int columns;
  private final LongSupplier nanos;

  private @Nullable RemotePath path;
  private String name = "";
  private long total;
  private long offset;
  private long moved;
  private long begunNanos;
  private long drawnNanos;

  /**
   * @param err where to draw; null = nowhere
   * @param columns characters in a line
   * @param nanos a clock
   */
  public ProgressBar(@Nullable PrintWriter err, int columns, LongSupplier nanos) {
    this.err = err;
    this.columns = columns;
    this.nanos = nanos;
  }

  /** What has become of a file. */
  public synchronized void show(Progress progress) {
    boolean moves =
        progress.outcome() == Progress.Outcome.RUNNING
            || progress.outcome() == Progress.Outcome.COMPLETE;
    if (!moves) {
      return;
    }
    if (path == null || !path.equals(progress.path())) {
      begin(progress);
    }
    moved = progress.octets() - offset;
    long now = nanos.getAsLong();
    if (progress.outcome() == Progress.Outcome.COMPLETE) {
      total = progress.total();
      end();
    } else if (err != null && now - drawnNanos >= REDRAW_NANOS) {
      drawnNanos = now;
      err.print("\r" + line());
      err.flush();
    }
  }

  /** The transfer is over, well or not: the line stays, and the next one is free. */
  public synchronized void end() {
    if (err != null && path != null) {
      err.println("\r" + line());
    }
    path = null;
  }

  private void begin(Progress first) {
    path = first.path();
    name = path.name();
    total = first.total();
    offset = first.octets();
    begunNanos = nanos.getAsLong();
    drawnNanos = begunNanos;
  }

  /** The line as it is now, never longer than the terminal. */
  synchronized String line() {
    double seconds = (nanos.getAsLong() - begunNanos) / 1e9;
    double rate = seconds > 0 ? moved / seconds : 0;
    long done = offset + moved;
    StringBuilder line = new StringBuilder(columns);
    line.append(String.format(Locale.ROOT, "%-" + NAME_COLUMNS + "s ", shortName()));
    if (total >= 0) {
      double share = total == 0 ? 1 : Math.min(1, (double) done / total);
      line.append(String.format(Locale.ROOT, "%3d%% %s", (int) (share * 100), bar(share)));
    }
    line.append(String.format(Locale.ROOT, "%8s  %10s/s", octets(done), octets((long) rate)));
    if (total > done) {
      line.append("  ETA ").append(rate > 0 ? time((total - done) / rate) : "-:--");
    } else {
      line.append("  in  ").append(time(seconds));
    }
    line.append(" ".repeat(Math.max(0, columns - 1 - line.length())));
    return line.substring(0, Math.min(line.length(), columns - 1));
  }

  /** Octets in powers of a thousand, as {@code 12.3 MB}. */
  public static String octets(long count) {
    String[] units = {"B", "kB", "MB", "GB", "TB", "PB"};
    double value = count;
    int unit = 0;
    while (value >= 999.95 && unit < units.length - 1) {
      value /= 1000;
      unit++;
    }
    return unit == 0 ? count + " B" : String.format(Locale.ROOT, "%.1f %s", value, units[unit]);
  }

  /** Seconds as {@code 0:07} or {@code 1:02:03}. */
  static String time(double seconds) {
    long whole = Math.round(Math.min(seconds, 359_999));
    long hours = whole / 3600;
    return hours > 0
        ? String.format(Locale.ROOT, "%d:%02d:%02d", hours, whole / 60 % 60, whole % 60)
        : String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60);
  }

  private String shortName() {
    String safe = RawName.escape(name);
    return safe.length() <= NAME_COLUMNS ? safe : safe.substring(0, NAME_COLUMNS - 1) + "…";
  }

  private String bar(double share) {
    int width = Math.min(30, columns - FIXED_COLUMNS);
    if (width < 5) {
      return " ";
    }
    int full = (int) (share * width);
    return "[" + "#".repeat(full) + ".".repeat(width - full) + "] ";
  }
}
