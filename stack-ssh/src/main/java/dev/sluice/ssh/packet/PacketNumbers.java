package dev.sluice.ssh.packet;

import dev.sluice.ssh.wire.SshViolation;

/** The numbers of the packets that the peer sends, uint32 (RFC 4253 section 6.4). */
final class PacketNumbers {
  /** 2^32 - 1: after it, numbers begin again, and an attacker could hide packets. */
  private static final int LAST = -1;

  private int next;
  private int last;

  /** Whether an exchange has ended: from then on the numbers may begin again. */
  private boolean keyed;

  PacketNumbers(int first) {
    this.next = first;
  }

  /** The number of the packet that is due. */
  int next() {
    return next;
  }

  /** The number of the packet taken last. */
  int last() {
    return last;
  }

  /** The packet that is due has arrived completely; throws if it may not be taken. */
  void check() {
    if (!keyed && next == LAST) {
      throw SshViolation.protocol("packet: 2^32 packets before the first keys");
    }
  }

  /** The packet that was due has been taken. */
  void advance() {
    last = next++;
  }

  /** New keys protect what follows. */
  void renew(boolean restart) {
    keyed = true;
    next = restart ? 0 : next;
  }
}
