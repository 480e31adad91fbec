package dev.sluice.ftp.listing;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Times as listings show them: without zone, to the minute, often without year.
 *
 * @param zone of the server
 * @param clock gives the current year
 */
public record ServerTime(ZoneId zone, Clock clock) {
  private static final long QUARTER_SECONDS = Duration.ofMinutes(15).toSeconds();
  private static final int YEARS_BACK = 8;

  /**
   * The offset of a server's zone, found with one file: the difference between the listed time,
   * read as UTC, and the time from MDTM. Only listings with the time of day are of use. Empty = the
   * difference is not a whole number of quarter hours, so one of the times is not the file's.
   */
  public static Optional<ZoneOffset> offset(Instant listedAsUtc, Instant modified) {
    long seconds =
        ChronoUnit.SECONDS.between(modified.truncatedTo(ChronoUnit.MINUTES), listedAsUtc);
    long quarters = Math.round((double) seconds / QUARTER_SECONDS);
    long offset = quarters * QUARTER_SECONDS;
    if (Math.abs(seconds - offset) > 60 || Math.abs(offset) > ZoneOffset.MAX.getTotalSeconds()) {
      return Optional.empty();
    }
    return Optional.of(ZoneOffset.ofTotalSeconds((int) offset));
  }

  /** {@code hh:mm}, {@code hh:mm:ss} or {@code hh:mm:ss.f}; empty = no such time. */
  static Optional<LocalTime> timeOfDay(String text) {
    String[] parts = text.split(":", 4);
    if (parts.length < 2 || parts.length > 3 || parts[0].length() > 2 || parts[1].length() != 2) {
      return Optional.empty();
    }
    int hour = Numbers.of(parts[0], 23);
    int minute = Numbers.of(parts[1], 59);
    int second = parts.length == 3 ? Numbers.of(parts[2].replaceFirst("\\.[0-9]*$", ""), 59) : 0;
    if (hour < 0 || minute < 0 || second < 0) {
      return Optional.empty();
    }
    return Optional.of(LocalTime.of(hour, minute, second));
  }

  /** Empty = no such day. */
  static Optional<LocalDate> date(int year, int month, int day) {
    try {
      return Optional.of(LocalDate.of(year, month, day));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** Two digits are the years from 1970 to 2069. */
  static int century(int twoDigits) {
    return twoDigits < 70 ? 2000 + twoDigits : 1900 + twoDigits;
  }

  Instant at(LocalDate date, LocalTime time) {
    return date.atTime(time).atZone(zone).toInstant();
  }

  /**
   * A date without year is in this year, or the last in which it is not more than a day ahead; 29
   * February is in the last leap year.
   */
  Optional<Instant> withoutYear(int month, int day, LocalTime time) {
    LocalDateTime latest = LocalDateTime.ofInstant(clock.instant(), zone).plusDays(1);
    for (int year = latest.getYear(); year > latest.getYear() - YEARS_BACK - 1; year--) {
      Optional<LocalDateTime> when = date(year, month, day).map(date -> date.atTime(time));
      if (when.isPresent() && !when.get().isAfter(latest)) {
        return when.map(found -> found.atZone(zone).toInstant());
      }
    }
    return Optional.empty();
  }
}
