package dev.sluice.tls;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Who has logged in over which sessions. A lineage is the session of one full handshake and all
 * that were resumed from it: whoever resumes has been there. Bounded: those not used for longest
 * are forgotten, and then resume nothing of an earlier login. Safe for many threads.
 */
final class Lineages {
  private static final int MOST = 50_000;
  private static final int MOST_USERS = 16;

  private final Map<String, Set<String>> users =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Set<String>> eldest) {
          return size() > MOST;
        }
      };

  synchronized void add(String lineage, String user) {
    Set<String> known = users.computeIfAbsent(lineage, any -> new HashSet<>());
    if (known.size() < MOST_USERS) {
      known.add(user);
    }
  }

  /** Whether {@code user} has logged in over a session of {@code lineage}. */
  synchronized boolean has(String lineage, String user) {
    Set<String> known = users.get(lineage);
    return known != null && known.contains(user);
  }
}
