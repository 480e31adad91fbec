package dev.sluice.api;

/**
 * Matches names against {@code *}, {@code ?} and {@code [...]}. Time is the product of the two
 * lengths at worst: no pattern makes it explode.
 *
 * @param pattern is compared with one name, not with a path
 */
public record Glob(String pattern) {

  /** Whether {@code text} has anything to expand. */
  public static boolean isPattern(String text) {
    return text.indexOf('*') >= 0 || text.indexOf('?') >= 0 || text.indexOf('[') >= 0;
  }

  /** Whether the whole of {@code name} matches. */
  public boolean matches(String name) {
    int p = 0;
    int n = 0;
    int starPattern = -1;
    int starName = 0;
    while (n < name.length()) {
      if (p < pattern.length() && pattern.charAt(p) == '*') {
        starPattern = p++;
        starName = n;
        continue;
      }
      int next = p < pattern.length() ? matchOne(p, name.charAt(n)) : -1;
      if (next >= 0) {
        p = next;
        n++;
      } else if (starPattern >= 0) {
        p = starPattern + 1;
        n = ++starName;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == '*') {
      p++;
    }
    return p == pattern.length();
  }

  /** The pattern index after the element at {@code p} when it matches {@code c}, else -1. */
  private int matchOne(int p, char c) {
    char element = pattern.charAt(p);
    if (element == '?') {
      return p + 1;
    }
    int end = element == '[' ? pattern.indexOf(']', p + 2) : -1;
    if (end < 0) {
      return element == c ? p + 1 : -1;
    }
    boolean negated = pattern.charAt(p + 1) == '!' || pattern.charAt(p + 1) == '^';
    boolean found = false;
    for (int i = negated ? p + 2 : p + 1; i < end; i++) {
      char low = pattern.charAt(i);
      if (i + 2 < end && pattern.charAt(i + 1) == '-') {
        found |= low <= c && c <= pattern.charAt(i + 2);
        i += 2;
      } else {
        found |= low == c;
      }
    }
    return found != negated ? end + 1 : -1;
  }
}
