package dev.sluice.tls.session;

import java.time.Duration;

/**
 * How long a core waits, and how much it accepts.
 *
 * @param handshakeTime from the first tick to the end of the handshake
 * @param helloOctets the longest ClientHello that a server reads
 * @param idleRecordsPerSecond records without data that are tolerated in a second: empty ones, key
 *     updates, tickets, warnings
 */
public record TlsLimits(Duration handshakeTime, int helloOctets, int idleRecordsPerSecond) {
  public static final TlsLimits DEFAULT = new TlsLimits(Duration.ofSeconds(10), 32 * 1024, 32);

  public TlsLimits withHandshakeTime(Duration time) {
    return new TlsLimits(time, helloOctets, idleRecordsPerSecond);
  }
}
