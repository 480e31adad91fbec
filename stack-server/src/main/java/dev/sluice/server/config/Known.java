package dev.sluice.server.config;

import dev.sluice.server.config.Node.Spot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** The keys that a record has, and the one that a wrong key was meant to be. */
final class Known {
  private static final int NEAR = 3;

  private Known() {}

  /** Notes keys that the record does not have. */
  static void check(Class<?> type, Node.Keys keys, String path, List<Fault> faults) {
    List<String> names = names(type);
    keys.all()
        .keySet()
        .forEach(
            key -> {
              if (!names.contains(key)) {
                Spot spot = keys.spots().getOrDefault(key, keys.spot());
                String at = path.isEmpty() ? key : path + "." + key;
                String text = "there is no such key; " + near(key, names);
                faults.add(new Fault(spot.file(), spot.line(), at, text));
              }
            });
  }

  /** All keys of a record, with those of its flat parts. */
  static List<String> names(Class<?> type) {
    List<String> names = new ArrayList<>();
    for (Part part : Part.of(type)) {
      if (part.isFlat()) {
        names.addAll(names(part.component().getType()));
      } else {
        names.add(part.name());
      }
    }
    return names;
  }

  private static String near(String key, List<String> names) {
    String best =
        names.stream().min(Comparator.comparingInt(each -> distance(key, each))).orElse("");
    return distance(key, best) <= Math.min(NEAR, key.length() / 2)
        ? "did you mean " + best + "?"
        : "it may be " + String.join(", ", names);
  }

  /** Letters to change, add or leave out, whatever their case. */
  private static int distance(String one, String other) {
    String a = one.toLowerCase(Locale.ROOT);
    String b = other.toLowerCase(Locale.ROOT);
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
