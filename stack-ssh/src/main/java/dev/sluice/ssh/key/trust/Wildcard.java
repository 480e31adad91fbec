package dev.sluice.ssh.key.trust;

/** Patterns in which {@code *} stands for any run of characters and {@code ?} for one. */
public final class Wildcard {
  private Wildcard() {}

  /** Whether all of {@code text} fits; takes time in proportion to the product of the lengths. */
  public static boolean matches(String pattern, String text) {
    int p = 0;
    int star = -1;
    int afterStar = 0;
    for (int t = 0; t < text.length(); ) {
      if (p < pattern.length() && pattern.charAt(p) == '*') {
        star = p++;
        afterStar = t;
      } else if (p < pattern.length() && fits(pattern.charAt(p), text.charAt(t))) {
        p++;
        t++;
      } else if (star >= 0) {
        p = star + 1;
        t = ++afterStar;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == '*') {
      p++;
    }
    return p == pattern.length();
  }

  private static boolean fits(char pattern, char text) {
    return pattern == '?' || pattern == text;
  }
}
