package dev.sluice.ssh.core;

import dev.sluice.ssh.RekeyPolicy;
import dev.sluice.ssh.packet.Traffic;

/** Whether keys have served long enough, by what they carried and how old they are. */
final class KeyLifetime {
  /** Packets after which no key may go on, whatever the peer does (RFC 4344 section 3.1). */
  private static final long MOST_PACKETS = 0xC000_0000L;

  private KeyLifetime() {}

  static boolean isDue(RekeyPolicy policy, Traffic traffic) {
    return traffic.octets() >= policy.octets() || traffic.packets() >= policy.packets();
  }

  static boolean isOverdue(Traffic traffic) {
    return traffic.packets() >= MOST_PACKETS;
  }

  static long deadline(RekeyPolicy policy, long keysSinceNanos) {
    return keysSinceNanos + policy.time().toNanos();
  }
}
