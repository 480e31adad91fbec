package dev.sluice.sftp.client;

import dev.sluice.sftp.SymlinkOrder;
import java.util.Map;

/**
 * Where servers differ from the drafts, by their identification in SSH.
 *
 * @param symlinks which path SYMLINK has first; most servers follow OpenSSH
 * @param linkTargetFirst whether LINK of version 6 has the target before the new link
 */
record Quirks(SymlinkOrder symlinks, boolean linkTargetFirst) {
  private static final Quirks NONE = new Quirks(SymlinkOrder.TARGET_FIRST, false);

  /** What an identification holds, and what follows from it. */
  private static final Map<String, Quirks> TABLE =
      Map.of(
          "APACHE-SSHD", new Quirks(SymlinkOrder.TARGET_FIRST, true),
          "AsyncSSH", new Quirks(SymlinkOrder.LINK_FIRST, false));

  static Quirks of(String identification) {
    return TABLE.entrySet().stream()
        .filter(known -> identification.contains(known.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(NONE);
  }

  /** Whether the new link comes first, where {@code asked} leaves it to the server. */
  boolean linkFirst(SymlinkOrder asked) {
    return (asked == SymlinkOrder.BY_SERVER ? symlinks : asked) == SymlinkOrder.LINK_FIRST;
  }
}
