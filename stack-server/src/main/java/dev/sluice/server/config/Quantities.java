package dev.sluice.server.config;

import java.math.BigInteger;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers with units: octets, rates and times. */
final class Quantities {
  static final String TIME = "(0|([0-9]{1,9}(ms|s|m|h|d))+)";
  static final String SIZE = "[0-9]{1,18}([KMGT]iB|[kMGT]B|B)?";

  private static final Pattern TIMES = Pattern.compile(TIME);
  private static final Pattern PART = Pattern.compile("([0-9]+)(ms|s|m|h|d)");
  private static final Pattern OCTETS = Pattern.compile("([0-9]{1,18})([A-Za-z]*)");
  private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,18}");
  private static final int OCTAL = 8;

  /** The largest first. */
  private static final Map<String, Long> BINARY = new LinkedHashMap<>();

  private static final Map<String, Long> DECIMAL =
      Map.of(
          "", 1L,
          "B", 1L,
          "kB", 1_000L,
          "MB", 1_000_000L,
          "GB", 1_000_000_000L,
          "TB", 1_000_000_000_000L);

  private static final Map<String, Duration> TIME_UNITS = new LinkedHashMap<>();

  static {
    BINARY.put("TiB", 1L << 40);
    BINARY.put("GiB", 1L << 30);
    BINARY.put("MiB", 1L << 20);
    BINARY.put("KiB", 1L << 10);
    TIME_UNITS.put("d", Duration.ofDays(1));
    TIME_UNITS.put("h", Duration.ofHours(1));
    TIME_UNITS.put("m", Duration.ofMinutes(1));
    TIME_UNITS.put("s", Duration.ofSeconds(1));
    TIME_UNITS.put("ms", Duration.ofMillis(1));
  }

  private Quantities() {}

  static long octets(String text) {
    Matcher found = OCTETS.matcher(text);
    if (!found.matches()) {
      throw new IllegalArgumentException(text);
    }
    Long unit = BINARY.getOrDefault(found.group(2), DECIMAL.get(found.group(2)));
    if (unit == null) {
      throw new IllegalArgumentException(text);
    }
    return exact(new BigInteger(found.group(1)).multiply(BigInteger.valueOf(unit)));
  }

  private static long exact(BigInteger number) {
    if (number.bitLength() >= Long.SIZE) {
      throw new IllegalArgumentException(number + " is too large");
    }
    return number.longValue();
  }

  /** In the largest unit that leaves nothing over. */
  static String octetsText(long octets) {
    for (Map.Entry<String, Long> unit : BINARY.entrySet()) {
      if (octets != 0 && octets % unit.getValue() == 0) {
        return octets / unit.getValue() + unit.getKey();
      }
    }
    return String.valueOf(octets);
  }

  static Rate rate(String text) {
    if (!text.endsWith("/s")) {
      throw new IllegalArgumentException(text);
    }
    return new Rate(octets(text.substring(0, text.length() - 2)));
  }

  static Duration time(String text) {
    if (!TIMES.matcher(text).matches()) {
      throw new IllegalArgumentException(text);
    }
    Duration sum = Duration.ZERO;
    Matcher part = PART.matcher(text);
    while (part.find()) {
      Duration unit = TIME_UNITS.getOrDefault(part.group(2), Duration.ZERO);
      sum = sum.plus(unit.multipliedBy(Long.parseLong(part.group(1))));
    }
    return sum;
  }

  static String text(Duration time) {
    for (Map.Entry<String, Duration> unit : TIME_UNITS.entrySet()) {
      long each = unit.getValue().toMillis();
      if (!time.isZero() && time.toMillis() % each == 0) {
        return time.toMillis() / each + unit.getKey();
      }
    }
    return "0";
  }

  /** Octal with a leading zero, as modes of files are written; a unit of octets may follow. */
  static long number(String text) {
    if (text.length() > 1 && text.startsWith("0") && WHOLE.matcher(text).matches()) {
      return Long.parseLong(text, OCTAL);
    }
    return WHOLE.matcher(text).matches() ? Long.parseLong(text) : octets(text);
  }

  static int smallNumber(String text) {
    long number = number(text);
    if (number != (int) number) {
      throw new IllegalArgumentException(text);
    }
    return (int) number;
  }
}
