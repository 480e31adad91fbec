package dev.sluice.ssh;

import io.soabase.recordbuilder.core.RecordBuilder;

/**
 * What is taken from the other side of a connection.
 *
 * @param packetOctetsBeforeLogin the largest {@code packet_length} before authentication; RFC 4253
 *     section 6.1 wants 35,000 at least
 * @param packetOctets the largest after it
 * @param unsentOctets answers that may wait for the peer to read them before we stop reading
 * @param channels of one connection at one time
 */
@RecordBuilder
public record SshLimits(
    int packetOctetsBeforeLogin, int packetOctets, int unsentOctets, int channels)
    implements SshLimitsBuilder.With {
  private static final int LEAST_PACKET = 35_000;

  /** Of a client: 64 channels. */
  public static final SshLimits CLIENT = new SshLimits(LEAST_PACKET, 256 << 10, 512 << 10, 64);

  /** Of a server: 10 channels, as in sshd_config(5) MaxSessions. */
  public static final SshLimits SERVER = CLIENT.withChannels(10);

  public SshLimits {
    if (packetOctetsBeforeLogin < LEAST_PACKET
        || packetOctets < packetOctetsBeforeLogin
        || unsentOctets < 1
        || channels < 1) {
      throw new IllegalArgumentException(
          "packets of %d octets before login (%d at least), %d after it, %d unsent, %d channels"
              .formatted(
                  packetOctetsBeforeLogin, LEAST_PACKET, packetOctets, unsentOctets, channels));
    }
  }
}
