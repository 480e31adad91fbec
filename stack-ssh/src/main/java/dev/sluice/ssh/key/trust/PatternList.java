package dev.sluice.ssh.key.trust;

import java.util.List;
import java.util.function.BiPredicate;

/**
 * Patterns: one must match, and none that is negated by {@code !} may (ssh_config(5), PATTERNS).
 *
 * @param patterns as they stand in the file
 */
record PatternList(List<String> patterns) {

  /** Reads patterns separated by commas. */
  static PatternList parse(String text) {
    return new PatternList(List.of(text.split(",", -1)));
  }

  /** Whether the list matches, a single pattern being compared by {@code one}. */
  boolean matches(String text, BiPredicate<String, String> one) {
    boolean found = false;
    for (String pattern : patterns) {
      boolean negated = pattern.startsWith("!");
      if (one.test(negated ? pattern.substring(1) : pattern, text)) {
        if (negated) {
          return false;
        }
        found = true;
      }
    }
    return found;
  }
}
