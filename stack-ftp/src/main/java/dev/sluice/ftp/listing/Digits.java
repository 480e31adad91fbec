package dev.sluice.ftp.listing;

/** Numbers of dates with the marks that languages put after them: {@code 12.}, {@code 12日}. */
final class Digits {
  private Digits() {}

  /** The word without the marks after it. */
  static String unmarked(String word) {
    int end = word.length();
    while (end > 0 && ".,".indexOf(word.charAt(end - 1)) >= 0) {
      end--;
    }
    return word.substring(0, end);
  }

  /** A number before a sign of an Asian script; 0 = none up to {@code max}. */
  static int counted(String word, int max) {
    int end = 0;
    while (end < word.length() && word.charAt(end) >= '0' && word.charAt(end) <= '9') {
      end++;
    }
    boolean sign = end > 0 && end < word.length() && word.charAt(end) > 0x7f;
    return sign && word.length() <= end + 4
        ? Math.max(0, Numbers.of(word.substring(0, end), max))
        : 0;
  }

  /** A day of a month; 0 = none. */
  static int day(String word) {
    String digits = unmarked(word);
    int day = digits.length() <= 2 ? Numbers.of(digits, 31) : 0;
    return day > 0 ? day : counted(digits, 31);
  }

  /** A year of four digits; 0 = none. */
  static int year(String word) {
    int year = word.length() == 4 ? Numbers.of(word, 9999) : 0;
    int counted = counted(word, 9999);
    return year > 0 ? year : counted > 999 ? counted : 0;
  }
}
