package dev.sluice.ssh.channel;

import dev.sluice.ssh.message.ChannelMessage;
import dev.sluice.ssh.wire.SshViolation;

/** What we may send on a channel, in octets (RFC 4254 section 5.2). */
final class SendWindow {
  private long octets;

  SendWindow(long octets) {
    this.octets = octets;
  }

  void add(long more) {
    if (octets + more > ChannelMessage.MAX_WINDOW) {
      throw SshViolation.protocol(
          "window: WINDOW_ADJUST by " + more + " makes " + (octets + more) + ", over 2^32-1");
    }
    octets += more;
  }

  void take(long used) {
    octets -= used;
  }

  boolean isOpen() {
    return octets > 0;
  }

  /** The most that may be sent now, at most {@code wanted}. */
  int most(int wanted) {
    return (int) Math.min(octets, wanted);
  }
}
