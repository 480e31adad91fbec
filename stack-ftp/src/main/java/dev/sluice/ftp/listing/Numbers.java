package dev.sluice.ftp.listing;

/** Digits in listings. */
final class Numbers {
  /** No number, or one that does not fit. */
  static final long NONE = -1;

  private static final int MAX_DIGITS = 18;

  private Numbers() {}

  /** The value of a text of 1 to 18 digits, or {@link #NONE}. */
  static long of(String digits) {
    if (digits.isEmpty() || digits.length() > MAX_DIGITS) {
      return NONE;
    }
    long value = 0;
    for (int i = 0; i < digits.length(); i++) {
      char c = digits.charAt(i);
      if (c < '0' || c > '9') {
        return NONE;
      }
      value = value * 10 + (c - '0');
    }
    return value;
  }

  /** As {@link #of}, for numbers up to {@code max}. */
  static int of(String digits, int max) {
    long value = of(digits);
    return value > max ? (int) NONE : (int) value;
  }

  static boolean is(String digits) {
    return of(digits) != NONE;
  }

  /** Whether {@code digits} are a number, though it may be too long to be one here. */
  static boolean isLong(String digits) {
    return digits.length() <= 64 && digits.matches("[0-9]+");
  }

  /** Mode bits from octal digits, the kind of file cut off; {@link #NONE} = none. */
  static int mode(String octal) {
    if (!octal.matches("[0-7]{1,8}")) {
      return (int) NONE;
    }
    return Integer.parseInt(octal, 8) & 07777;
  }
}
