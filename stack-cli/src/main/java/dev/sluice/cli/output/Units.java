package dev.sluice.cli.output;

import java.util.Locale;

/** Octets and times as people read them. */
public final class Units {
  private static final String[] NAMES = {"B", "kB", "MB", "GB", "TB", "PB"};

  private Units() {}

  /** Octets in powers of a thousand, as {@code 12.3 MB}. */
  public static String octets(long count) {
    double value = count;
    int unit = 0;
    while (value >= 999.95 && unit < NAMES.length - 1) {
      value /= 1000;
      unit++;
    }
    return unit == 0 ? count + " B" : String.format(Locale.ROOT, "%.1f %s", value, NAMES[unit]);
  }

  /** Seconds as {@code 0:07} or {@code 1:02:03}. */
  public static String time(double seconds) {
    long whole = Math.round(Math.min(seconds, 359_999));
    long hours = whole / 3600;
    return hours > 0
        ? String.format(Locale.ROOT, "%d:%02d:%02d", hours, whole / 60 % 60, whole % 60)
        : String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60);
  }
}
