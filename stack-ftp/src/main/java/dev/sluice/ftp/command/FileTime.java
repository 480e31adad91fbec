package dev.sluice.ftp.command;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The time values of RFC 3659 section 2.3: {@code YYYYMMDDHHMMSS[.f]}, always UTC. */
public final class FileTime {
  /** The syntax, with named groups for a longer pattern to hold. */
  static final String PATTERN = "[0-9]{14}(?:\\.[0-9]{1,18})?";

  private static final Pattern VALUE =
      Pattern.compile(
          "(19(?=1[0-9]{2}[0-9]{10}(?:\\.|$)))?([0-9]{4}|1[0-9]{2})([0-9]{2})([0-9]{2})"
              + "([0-9]{2})([0-9]{2})([0-9]{2})(?:\\.([0-9]+))?");
  private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("uuuuMMddHHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private FileTime() {}

  /**
   * The value in whole seconds, or with three digits of fraction when there are any. Times before
   * the year 0 and after 9999, which the form cannot express, become the nearest that it can.
   */
  public static String format(Instant any) {
    Instant time = any.isBefore(FIRST) ? FIRST : any.isAfter(LAST) ? LAST : any;
    int millis = time.get(ChronoField.MILLI_OF_SECOND);
    return SECONDS.format(time) + (millis == 0 ? "" : String.format(Locale.ROOT, ".%03d", millis));
  }

  /**
   * Reads a value: any number of digits in the fraction, second 60, and the year {@code 191yy} that
   * servers of the year 2000 send. Empty = no such date.
   */
  public static Optional<Instant> parse(String text) {
    Matcher m = VALUE.matcher(text);
    if (text.length() > 64 || !m.matches()) {
      return Optional.empty();
    }
    boolean faultyYear = m.group(1) != null;
    int year = faultyYear ? 1900 + number(m, 2) : number(m, 2);
    if (m.group(2).length() != (faultyYear ? 3 : 4)) {
      return Optional.empty();
    }
    int second = number(m, 7);
    try {
      LocalDateTime minute =
          LocalDateTime.of(year, number(m, 3), number(m, 4), number(m, 5), number(m, 6));
      if (second > 60) {
        return Optional.empty();
      }
      return Optional.of(
          minute.toInstant(ZoneOffset.UTC).plusSeconds(second).plusNanos(nanos(m.group(8))));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static int number(Matcher matcher, int group) {
    return Integer.parseInt(matcher.group(group));
  }

  private static int nanos(String fraction) {
    if (fraction == null) {
      return 0;
    }
    return Integer.parseInt((fraction + "000000000").substring(0, 9));
  }
}
