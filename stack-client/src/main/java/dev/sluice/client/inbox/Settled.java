package dev.sluice.client.inbox;

import dev.sluice.api.RemotePath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Files that stay where they are and must not be taken up again, by place, with the version that
 * was dealt with.
 */
final class Settled {
  /** A listing may miss a file while its directory changes. */
  private static final int ABSENCES = 3;

  private final Map<RemotePath, Entry> files = new HashMap<>();
  private final List<String> outdated = new ArrayList<>();

  private record Entry(String key, int absences) {}

  synchronized void add(RemotePath place, String key) {
    Entry before = files.put(place, new Entry(key, 0));
    if (before != null && !before.key().equals(key)) {
      outdated.add(before.key());
    }
  }

  synchronized boolean has(Candidate file) {
    Entry known = files.get(file.place());
    return known != null && known.key().equals(file.key());
  }

  /** The keys of files that are gone, or have changed, after a listing that was complete. */
  synchronized List<String> gone(Set<RemotePath> listed) {
    List<String> keys = new ArrayList<>(outdated);
    outdated.clear();
    Iterator<Map.Entry<RemotePath, Entry>> all = files.entrySet().iterator();
    while (all.hasNext()) {
      Map.Entry<RemotePath, Entry> file = all.next();
      boolean there = listed.contains(file.getKey());
      Entry known = file.getValue();
      file.setValue(new Entry(known.key(), there ? 0 : known.absences() + 1));
      if (file.getValue().absences() >= ABSENCES) {
        keys.add(known.key());
        all.remove();
      }
    }
    return keys;
  }
}
