package dev.sluice.server.admin;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Numbers for people. */
final class Units {
  private static final List<String> OCTETS = List.of("B", "KiB", "MiB", "GiB", "TiB", "PiB");
  private static final int STEP = 1024;

  private Units() {}

  /** {@code 1.5 MiB}. */
  static String octets(long number) {
    double value = number;
    int unit = 0;
    while (value >= STEP && unit < OCTETS.size() - 1) {
      value /= STEP;
      unit++;
    }
    String pattern = unit == 0 || value >= 100 ? "%.0f %s" : "%.1f %s";
    return String.format(Locale.ROOT, pattern, value, OCTETS.get(unit));
  }

  /** {@code 3 d 4 h}, {@code 5 min}, {@code 12 s}. */
  static String time(Duration time) {
    if (time.toDays() > 0) {
      return time.toDays() + " d " + time.toHoursPart() + " h";
    }
    if (time.toHours() > 0) {
      return time.toHours() + " h " + time.toMinutesPart() + " min";
    }
    return time.toMinutes() > 0 ? time.toMinutes() + " min" : Math.max(0, time.toSeconds()) + " s";
  }
}
