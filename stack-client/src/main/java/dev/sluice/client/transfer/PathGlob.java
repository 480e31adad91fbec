package dev.sluice.client.transfer;

import dev.sluice.api.Glob;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A pattern for paths. Time is the product of the lengths at worst.
 *
 * @param elements one for each name, {@link #ANY} for any number of names
 * @param directories whether it matches only directories
 */
record PathGlob(List<Glob> elements, boolean directories) {
  private static final String SEVERAL = "**";
  private static final Glob ANY = new Glob(SEVERAL);

  static PathGlob of(String glob) {
    boolean directories = glob.endsWith("/");
    boolean anchored = glob.startsWith("/");
    String inner = glob.substring(anchored ? 1 : 0, glob.length() - (directories ? 1 : 0));
    if (glob.isEmpty() || glob.equals("/") || inner.isEmpty()) {
      throw new IllegalArgumentException("\"" + glob + "\" matches nothing");
    }
    List<Glob> elements = new ArrayList<>();
    if (!anchored) {
      elements.add(ANY);
    }
    for (String name : inner.split("/", -1)) {
      if (name.isEmpty() || name.equals(".") || name.equals("..")) {
        throw new IllegalArgumentException("\"" + glob + "\": no entry is called \"" + name + "\"");
      }
      if (name.contains(SEVERAL) && !name.equals(SEVERAL)) {
        throw new IllegalArgumentException(
            "\"" + glob + "\": ** stands for whole names, between slashes");
      }
      elements.add(new Glob(name));
    }
    return new PathGlob(List.copyOf(elements), directories);
  }

  boolean matches(List<String> names, boolean directory) {
    if (directories && !directory) {
      return false;
    }
    // reached[n]: the elements so far match the first n names.
    boolean[] reached = new boolean[names.size() + 1];
    reached[0] = true;
    for (int i = 0; i < elements.size(); i++) {
      boolean last = i == elements.size() - 1;
      reached =
          elements.get(i).equals(ANY) ? any(reached, last) : one(reached, elements.get(i), names);
    }
    return reached[names.size()];
  }

  /**
   * Any number of names; at the end of a pattern at least one: the directory itself is not in it.
   */
  private static boolean[] any(boolean[] reached, boolean last) {
    boolean[] next = new boolean[reached.length];
    int first = 0;
    while (first < reached.length && !reached[first]) {
      first++;
    }
    int from = last ? first + 1 : first;
    if (from < next.length) {
      Arrays.fill(next, from, next.length, true);
    }
    return next;
  }

  private static boolean[] one(boolean[] reached, Glob element, List<String> names) {
    boolean[] next = new boolean[reached.length];
    for (int n = 0; n < names.size(); n++) {
      next[n + 1] = reached[n] && element.matches(names.get(n));
    }
    return next;
  }
}
