package dev.sluice.tls;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Remembers which users have logged in over which TLS sessions. A lineage is the session of one
 * full handshake and all sessions resumed from it: a client that resumes took part in an earlier
 * one. Bounded: the least recently used lineages are forgotten, and their sessions can then no
 * longer be resumed for an earlier login. Safe for many threads.
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
