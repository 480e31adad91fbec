package dev.sluice.server.view;

import dev.sluice.api.Glob;
import dev.sluice.api.RemotePath;
import java.util.List;

/**
 * A pattern for paths from the root of a user, such as {@code /in/*.csv}. Each step is a {@link
 * Glob}; the step {@code **} stands for any number of steps, also none.
 *
 * @param steps as they are written
 */
record PathPattern(List<String> steps) {
  /** Matching tries each place for each of them. */
  private static final int MOST_STARS = 4;

  private static final String ANY = "**";

  PathPattern {
    steps = List.copyOf(steps);
    if (steps.stream().filter(ANY::equals).count() > MOST_STARS) {
      throw new IllegalArgumentException("has more than " + MOST_STARS + " steps **");
    }
  }

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException if it does not begin with a slash, or is too complex
   */
  static PathPattern of(String text) {
    if (!text.startsWith("/")) {
      throw new IllegalArgumentException("does not begin with /");
    }
    return new PathPattern(List.of(text.substring(1).split("/")));
  }

  /** Whether an absolute path fits. */
  boolean matches(RemotePath path) {
    return matches(0, path.names(), 0);
  }

  private boolean matches(int step, List<String> names, int name) {
    if (step == steps.size()) {
      return name == names.size();
    }
    if (steps.get(step).equals(ANY)) {
      for (int next = name; next <= names.size(); next++) {
        if (matches(step + 1, names, next)) {
          return true;
        }
      }
      return false;
    }
    return name < names.size()
        && new Glob(steps.get(step)).matches(names.get(name))
        && matches(step + 1, names, name + 1);
  }
}
