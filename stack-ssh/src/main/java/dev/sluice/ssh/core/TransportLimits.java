package dev.sluice.ssh.core;

import dev.sluice.ssh.SshLimits;
import java.time.Duration;

/**
 * What a core accepts from its peer, and how long it waits.
 *
 * @param packetOctetsBeforeLogin the largest {@code packet_length} before authentication
 * @param packetOctets the largest after it
 * @param unsentOctets answers that may wait for the peer to read them before we stop reading
 * @param handshakeTime for the identification and the first key exchange
 * @param exchangeTime for each later key exchange
 * @param loginTime from the connection to the end of authentication
 */
public record TransportLimits(
    int packetOctetsBeforeLogin,
    int packetOctets,
    int unsentOctets,
    Duration handshakeTime,
    Duration exchangeTime,
    Duration loginTime) {

  /** These limits, and these longest waits. */
  public static TransportLimits of(
      SshLimits limits, Duration handshake, Duration exchange, Duration login) {
    return new TransportLimits(
        limits.packetOctetsBeforeLogin(),
        limits.packetOctets(),
        limits.unsentOctets(),
        handshake,
        exchange,
        login);
  }
}
