package dev.sluice.ftp.client;

import dev.sluice.api.Capability;
import java.util.EnumSet;
import java.util.Set;

/** What a session can do, derived from what the server listed. */
final class Abilities {
  private Abilities() {}

  static Set<Capability> of(Conversation conversation) {
    Features features = conversation.server.features;
    EnumSet<Capability> able = EnumSet.of(Capability.APPEND, Capability.RAW_NAMES);
    if (features.mayHave("REST")) {
      able.add(Capability.RANDOM_READ);
      able.add(Capability.RANDOM_WRITE);
    }
    if (conversation.options.uploads().atomic()) {
      able.add(Capability.ATOMIC_REPLACE);
    }
    if (Attributes.canSetModified(conversation)) {
      able.add(Capability.SET_MODIFIED);
    }
    if (Attributes.canSetPermissions(conversation)) {
      able.add(Capability.SET_PERMISSIONS);
    }
    if (Digests.canCompute(features)) {
      able.add(Capability.CHECKSUM);
    }
    if (features.lists("AVBL")) {
      able.add(Capability.SPACE);
    }
    return Set.copyOf(able);
  }
}
