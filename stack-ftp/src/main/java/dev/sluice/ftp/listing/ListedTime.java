package dev.sluice.ftp.listing;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The date in a line of {@code ls -l}, in any of its forms.
 *
 * @param instant null = it has the form of a date, but is none
 * @param lastWord index of its last word
 * @param timed whether it includes the time of day
 */
record ListedTime(@Nullable Instant instant, int lastWord, boolean timed) {
  private static final Pattern TIME = Pattern.compile("[0-9]{1,2}:[0-9]{2}(:[0-9]{2})?");

  /** The word of {@code ls -l} that is the size. */
  private static final int USUAL_SIZE = 4;

  private static final String MIDNIGHT_AFTER = "24:00";

  /** The date that begins with the word {@code first}; empty = none does. */
  static Optional<ListedTime> at(Words words, int first, Dates dates) {
    String word = words.get(first);
    String next = words.get(first + 1);
    Optional<LocalDate> whole = dates.date(word, false);
    if (whole.isPresent()) {
      return Optional.of(dated(words, first, whole.get(), dates));
    }
    if (Digits.year(word) > 0 && Months.of(next) > 0 && !isUsualSize(words, first, dates)) {
      return ServerTime.date(Digits.year(word), Months.of(next), Digits.day(words.get(first + 2)))
          .map(date -> dated(words, first + 2, date, dates));
    }
    if (Months.of(word) > 0 && Digits.day(next) > 0) {
      return inYearOrToday(words, Months.of(word), Digits.day(next), first + 2, dates);
    }
    if (Months.of(next) > 0 && Digits.day(word) > 0) {
      return inYearOrToday(words, Months.of(next), Digits.day(word), first + 2, dates);
    }
    int dash = word.length() <= 5 ? Math.max(word.indexOf('-'), word.indexOf('/')) : -1;
    return dash <= 0
        ? Optional.empty()
        : monthAndDay(words, first, word.substring(0, dash), word.substring(dash + 1), dates);
  }

  /**
   * Whether a number like 4096 is the size and not the year: it is where sizes usually are, after
   * the links, the owner and the group, and a whole date follows.
   */
  private static boolean isUsualSize(Words words, int at, Dates dates) {
    int day = Digits.day(words.get(at + 2));
    return at <= USUAL_SIZE
        && day > 0
        && inYearOrToday(words, Months.of(words.get(at + 1)), day, at + 3, dates).isPresent();
  }

  /** Words in the place of a date, in a language or with numbers that are not known. */
  static Optional<ListedTime> shapedAt(Words words, int first) {
    String word = words.get(first);
    String next = words.get(first + 1);
    if (Dates.isShaped(word)) {
      return Optional.of(new ListedTime(null, isTime(next) ? first + 1 : first, false));
    }
    String last = words.get(first + 2);
    boolean ended = isTime(last) || Digits.year(last) > 0;
    boolean named = isName(word) && isNumber(next) || isNumber(word) && isName(next);
    return ended && named ? Optional.of(new ListedTime(null, first + 2, false)) : Optional.empty();
  }

  /** {@code YYYY-MM-DD}, or with slashes. */
  static Optional<LocalDate> isoDate(String word) {
    if (word.length() != 10 || word.charAt(4) != word.charAt(7)) {
      return Optional.empty();
    }
    int year = Numbers.of(word.substring(0, 4), 9999);
    return "-/".indexOf(word.charAt(4)) < 0 || year < 0
        ? Optional.empty()
        : ServerTime.date(
            year, Numbers.of(word.substring(5, 7), 12), Numbers.of(word.substring(8), 31));
  }

  /** A whole date, perhaps with the time and the zone after it. */
  private static ListedTime dated(Words words, int last, LocalDate date, Dates dates) {
    String word = words.get(last + 1);
    if (word.equals(MIDNIGHT_AFTER)) {
      return new ListedTime(dates.at(date.plusDays(1), LocalTime.MIDNIGHT), last + 1, true);
    }
    Optional<LocalTime> at = ServerTime.timeOfDay(word);
    if (at.isEmpty()) {
      return new ListedTime(dates.at(date, LocalTime.MIDNIGHT), last, false);
    }
    String zone = words.get(last + 2);
    if (word.length() > 5 && zone.matches("[+-](0[0-9]|1[0-4])[0-5][0-9]")) {
      Instant instant = date.atTime(at.get()).toInstant(ZoneOffset.of(zone));
      return new ListedTime(instant, last + 2, true);
    }
    return new ListedTime(dates.at(date, at.get()), last + 1, true);
  }

  /**
   * {@code Mmm d HH:MM}, {@code Mmm d YYYY}, and the two with the day first; {@code Mmm d, YYYY
   * HH:MM} and {@code Mmm d HH:MM:SS YYYY}.
   */
  private static Optional<ListedTime> inYearOrToday(
      Words words, int month, int day, int last, Dates dates) {
    String word = words.get(last);
    int year = Digits.year(word);
    if (year > 0) {
      boolean comma = words.get(last - 1).endsWith(",");
      return ServerTime.date(year, month, day)
          .map(
              date ->
                  comma
                      ? dated(words, last, date, dates)
                      : new ListedTime(dates.at(date, LocalTime.MIDNIGHT), last, false));
    }
    if (word.equals(MIDNIGHT_AFTER)) {
      return dates
          .time()
          .withoutYear(month, day, LocalTime.MIDNIGHT)
          .map(instant -> new ListedTime(instant.plus(Duration.ofDays(1)), last, true));
    }
    Optional<LocalTime> at = ServerTime.timeOfDay(word);
    int after = word.length() > 5 ? Digits.year(words.get(last + 1)) : 0;
    if (at.isPresent() && after > 0) {
      return ServerTime.date(after, month, day)
          .map(date -> new ListedTime(dates.at(date, at.get()), last + 1, true));
    }
    return at.flatMap(of -> dates.time().withoutYear(month, day, of))
        .map(instant -> new ListedTime(instant, last, true));
  }

  /** {@code MM-DD YYYY} and {@code MM-DD HH:MM}. */
  private static Optional<ListedTime> monthAndDay(
      Words words, int first, String month, String day, Dates dates) {
    int one = Numbers.of(month, 31);
    int other = Numbers.of(day, 31);
    return one <= 12
        ? one < 1 || other < 1
            ? Optional.empty()
            : inYearOrToday(words, one, other, first + 1, dates)
        : other < 1 || other > 12
            ? Optional.empty()
            : inYearOrToday(words, other, one, first + 1, dates);
  }

  private static boolean isTime(String word) {
    return TIME.matcher(word).matches();
  }

  private static boolean isNumber(String word) {
    String digits = Digits.unmarked(word);
    return digits.length() <= 2 && Numbers.is(digits) || Digits.counted(digits, 99) > 0;
  }

  private static boolean isName(String word) {
    return word.length() <= 12 && !word.isEmpty() && !isTime(word) && !Numbers.is(word);
  }
}
