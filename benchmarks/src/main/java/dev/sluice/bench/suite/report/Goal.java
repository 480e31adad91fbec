package dev.sluice.bench.suite.report;

import java.util.Locale;
import java.util.OptionalDouble;

/**
 * Something to reach.
 *
 * @param path what is measured
 * @param target in words, without the number
 * @param sense whether more is better
 * @param factor of what it is compared with
 * @param mine ours; empty = not measured
 * @param against what it is compared with; empty = not measured
 * @param unit of both
 */
record Goal(
    String path,
    String target,
    Sense sense,
    double factor,
    OptionalDouble mine,
    OptionalDouble against,
    String unit) {

  /** Which way is good. */
  enum Sense {
    AT_LEAST("≥"),
    AT_MOST("≤");

    private final String sign;

    Sense(String sign) {
      this.sign = sign;
    }
  }

  boolean isMeasured() {
    return mine.isPresent() && against.isPresent();
  }

  boolean isReached() {
    return isMeasured() && (sense == Sense.AT_LEAST ? ratio() >= factor : ratio() <= factor);
  }

  /** A row of {@code path | target | measured | reached}. */
  String row() {
    String wanted = sense.sign + " " + plain(factor) + " " + target;
    String verdict = !isMeasured() ? "not measured" : isReached() ? "yes" : "**no**";
    return "| " + path + " | " + wanted + " | " + measured() + " | " + verdict + " |";
  }

  private String measured() {
    if (!isMeasured()) {
      return "";
    }
    if (against.getAsDouble() == 1) {
      return plain(mine.getAsDouble()) + " " + unit;
    }
    return "%.2f (%s to %s %s)"
        .formatted(ratio(), plain(mine.getAsDouble()), plain(against.getAsDouble()), unit);
  }

  private double ratio() {
    return mine.getAsDouble() / against.getAsDouble();
  }

  private static String plain(double value) {
    String pattern = Math.abs(value) >= 100 ? "%.0f" : Math.abs(value) >= 10 ? "%.1f" : "%.2f";
    return String.format(Locale.ROOT, pattern, value);
  }
}
