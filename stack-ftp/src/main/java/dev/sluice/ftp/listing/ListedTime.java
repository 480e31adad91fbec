package dev.sluice.ftp.listing;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Optional;

/**
 * The date in a line of {@code ls -l}, in any of its forms.
 *
 * @param lastWord index of its last word
 * @param timed whether it told the time of day
 */
record ListedTime(Instant instant, int lastWord, boolean timed) {

  /** The date that begins with the word {@code first}; empty = none does. */
  static Optional<ListedTime> at(Words words, int first, ServerTime time) {
    String word = words.get(first);
    if (word.length() == 10 && word.charAt(4) == '-') {
      return iso(words, first, time);
    }
    int month = ServerTime.month(word);
    if (month > 0) {
      return inYearOrToday(words, month, words.get(first + 1), first + 2, time);
    }
    month = ServerTime.month(words.get(first + 1));
    return month > 0 ? inYearOrToday(words, month, word, first + 2, time) : Optional.empty();
  }

  /** {@code Mmm d HH:MM}, {@code Mmm d YYYY}, and the two with the day first. */
  private static Optional<ListedTime> inYearOrToday(
      Words words, int month, String dayWord, int last, ServerTime time) {
    String digits = dayWord.endsWith(".") ? dayWord.substring(0, dayWord.length() - 1) : dayWord;
    int day = digits.length() <= 2 ? Numbers.of(digits, 31) : 0;
    String word = words.get(last);
    if (day < 1) {
      return Optional.empty();
    }
    if (word.length() == 4 && Numbers.is(word)) {
      return ServerTime.date(Numbers.of(word, 9999), month, day)
          .map(date -> new ListedTime(time.at(date, LocalTime.MIDNIGHT), last, false));
    }
    return ServerTime.timeOfDay(word)
        .flatMap(at -> time.withoutYear(month, day, at))
        .map(instant -> new ListedTime(instant, last, true));
  }

  /** {@code YYYY-MM-DD HH:MM}. */
  private static Optional<ListedTime> iso(Words words, int first, ServerTime time) {
    Optional<LocalDate> date = isoDate(words.get(first));
    return ServerTime.timeOfDay(words.get(first + 1))
        .flatMap(at -> date.map(day -> new ListedTime(time.at(day, at), first + 1, true)));
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
}
