package dev.sluice.ftp.listing;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The numeric dates of one listing, in which the day may come before or after the month. All lines
 * have the same order, which is found from all of them.
 */
final class Dates {
  private static final Pattern NUMERIC =
      Pattern.compile("([0-9]{1,4})([-/.])([0-9]{1,2})\\2([0-9]{2}|[0-9]{4})");
  private static final Pattern NAMED =
      Pattern.compile("([0-9]{1,2})([-/.])([^-/.\\s0-9]{3,9})\\2([0-9]{2}|[0-9]{4})");
  private static final int LONGEST = 16;
  private static final int WORDS_SEEN = 7;

  private final ServerTime time;
  private boolean dayFirst = true;
  private boolean monthFirst = true;
  private boolean yearFirst = true;
  private boolean seen;
  private boolean decided;

  Dates(ServerTime time) {
    this.time = time;
  }

  ServerTime time() {
    return time;
  }

  /** Learns from the dates of a line. */
  void observe(String line) {
    if (decided) {
      return;
    }
    int at = 0;
    for (int word = 0; word < WORDS_SEEN && at < line.length(); word++) {
      while (at < line.length() && line.charAt(at) == ' ') {
        at++;
      }
      int end = line.indexOf(' ', at);
      end = end < 0 ? line.length() : end;
      if (end - at >= 6 && end - at <= 10 && isSeparator(line.charAt(end - 3), line, end)) {
        Matcher numeric = NUMERIC.matcher(line.substring(at, end));
        if (numeric.matches() && numeric.group(1).length() <= 2) {
          observe(numeric);
        }
      }
      at = end;
    }
  }

  /** Whether a separator comes before the last two or four digits; in most words none does. */
  private static boolean isSeparator(char beforeTwo, String line, int end) {
    return "-/.".indexOf(beforeTwo) >= 0 || "-/.".indexOf(line.charAt(end - 5)) >= 0;
  }

  private void observe(Matcher numeric) {
    boolean day = dayFirst && date(numeric, Order.DAY).isPresent();
    boolean month = monthFirst && date(numeric, Order.MONTH).isPresent();
    boolean year = yearFirst && date(numeric, Order.YEAR).filter(this::isPast).isPresent();
    if (day || month || year) {
      seen = true;
      dayFirst = day;
      monthFirst = month;
      yearFirst = year;
    }
  }

  private boolean isPast(LocalDate date) {
    return date.getYear() <= LocalDate.now(time.clock()).getYear() + 1;
  }

  /** Whether a later line may still decide the order of day and month. */
  boolean isOpen() {
    return seen && !decided && dayFirst && monthFirst;
  }

  /** Decides the order now, without waiting for more lines. */
  void decide() {
    decided = true;
  }

  /**
   * A date in one word; empty = the word is no date, or none in the order of this listing.
   *
   * @param yearBefore whether two digits at the beginning are more likely the year
   */
  Optional<LocalDate> date(String word, boolean yearBefore) {
    if (!mayBe(word)) {
      return Optional.empty();
    }
    Matcher named = NAMED.matcher(word);
    if (named.matches()) {
      int month = Months.of(named.group(3));
      return ServerTime.date(year(named.group(4)), month, Numbers.of(named.group(1), 31));
    }
    Matcher numeric = NUMERIC.matcher(word);
    if (!numeric.matches() || numeric.group(1).length() == 3) {
      return Optional.empty();
    }
    return date(numeric, numeric.group(1).length() == 4 ? Order.YEAR : order(numeric, yearBefore));
  }

  /** Whether {@code word} has the form of a date, valid or not. */
  static boolean isShaped(String word) {
    return mayBe(word) && (NUMERIC.matcher(word).matches() || NAMED.matcher(word).matches());
  }

  /** Whether the word begins with digits and a separator; most words of a listing do not. */
  private static boolean mayBe(String word) {
    int at = 0;
    while (at < word.length() && word.charAt(at) >= '0' && word.charAt(at) <= '9') {
      at++;
    }
    return at > 0
        && at <= 4
        && at < word.length()
        && word.length() <= LONGEST
        && "-/.".indexOf(word.charAt(at)) >= 0;
  }

  Instant at(LocalDate date, LocalTime of) {
    return time.at(date, of);
  }

  private Order order(Matcher numeric, boolean yearBefore) {
    boolean dotted = numeric.group(2).equals(".");
    boolean rather = yearBefore && !(dotted && dayFirst);
    if (numeric.group(4).length() == 2 && yearFirst && (rather || !dayFirst && !monthFirst)) {
      return Order.YEAR;
    }
    return dayFirst && (dotted || !monthFirst) ? Order.DAY : Order.MONTH;
  }

  private static Optional<LocalDate> date(Matcher numeric, Order order) {
    String first = numeric.group(1);
    int middle = Numbers.of(numeric.group(3), 31);
    String last = numeric.group(4);
    boolean yearAtEnd = last.length() == 4;
    return switch (order) {
      case DAY -> ServerTime.date(year(last), middle, Numbers.of(first, 31));
      case MONTH -> ServerTime.date(year(last), Numbers.of(first, 12), middle);
      case YEAR ->
          yearAtEnd || first.length() == 1
              ? Optional.empty()
              : ServerTime.date(year(first), middle, Numbers.of(last, 31));
    };
  }

  private static int year(String digits) {
    int year = Numbers.of(digits, 9999);
    return digits.length() == 2 ? ServerTime.century(year) : year;
  }

  private enum Order {
    DAY,
    MONTH,
    YEAR
  }
}
