package dev.sluice.ssh.core;

import dev.sluice.ssh.RekeyPolicy;
import dev.sluice.ssh.packet.Traffic;
import dev.sluice.ssh.wire.SshViolation;

/** How long the keys of a connection are used, by what they have carried and by their age. */
final class KeyLifetime {
  /** Packets after which no key may be used on, whatever the peer does (RFC 4344 section 3.1). */
  private static final long MOST_PACKETS = 0xC000_0000L;

  private final RekeyPolicy policy;
  private final Traffic received;
  private final Traffic sent;
  private long sinceNanos;

  KeyLifetime(RekeyPolicy policy, Traffic received, Traffic sent) {
    this.policy = policy;
    this.received = received;
    this.sent = sent;
  }

  /** New keys are in use. */
  void begin(long nowNanos) {
    sinceNanos = nowNanos;
  }

  /** Whether new keys are due. */
  boolean isOver(long nowNanos) {
    return isSpent(received) || isSpent(sent) || nowNanos - deadlineNanos() >= 0;
  }

  /** Throws if the keys may not be used any longer. */
  void check() {
    if (received.packets() >= MOST_PACKETS || sent.packets() >= MOST_PACKETS) {
      throw SshViolation.keyExchange("key exchange: overdue, and the peer does not take part");
    }
  }

  long deadlineNanos() {
    return sinceNanos + policy.time().toNanos();
  }

  private boolean isSpent(Traffic traffic) {
    return traffic.octets() >= policy.octets() || traffic.packets() >= policy.packets();
  }
}
