package dev.sluice.sftp.client;

import java.util.Map;

/**
 * Where servers do otherwise than the drafts, by how they identify themselves in SSH.
 *
 * @param linkTargetFirst LINK of version 6 has the target in front of the new link
 */
record Quirks(boolean linkTargetFirst) {
  private static final Quirks NONE = new Quirks(false);

  /** What an identification holds, and what follows from it. */
  private static final Map<String, Quirks> TABLE = Map.of("APACHE-SSHD", new Quirks(true));

  static Quirks of(String identification) {
    return TABLE.entrySet().stream()
        .filter(known -> identification.contains(known.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(NONE);
  }
}
