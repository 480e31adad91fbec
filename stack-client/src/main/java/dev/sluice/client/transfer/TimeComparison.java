package dev.sluice.client.transfer;

import dev.sluice.api.FileEntry;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/**
 * Compares two times when one may come from a listing. LIST shows minutes, or only the day for
 * files older than half a year, in the server's time zone. No protocol reliably carries fractions
 * of a second.
 */
final class TimeComparison {
  private TimeComparison() {}

  /**
   * Whether {@code there} was written after the last change of {@code source}; false = not known.
   */
  static boolean isNoOlder(FileEntry there, FileEntry source) {
    Instant written = there.attributes().modified();
    Instant changed = source.attributes().modified();
    return written != null
        && changed != null
        && !written
            .truncatedTo(ChronoUnit.SECONDS)
            .isBefore(changed.truncatedTo(ChronoUnit.SECONDS));
  }

  /** Whether a listing may have cut the seconds. */
  static boolean mayBeCut(FileEntry entry) {
    Instant time = entry.attributes().modified();
    return time != null && timeOfDay(time).getSecond() == 0;
  }

  private static LocalTime timeOfDay(Instant time) {
    return LocalTime.ofInstant(time, ZoneOffset.UTC);
  }
}
