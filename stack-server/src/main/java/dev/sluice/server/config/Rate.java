package dev.sluice.server.config;

/**
 * How fast octets may move.
 *
 * @param octetsPerSecond at least 1
 */
public record Rate(long octetsPerSecond) {
  public Rate {
    if (octetsPerSecond < 1) {
      throw new IllegalArgumentException("a rate of " + octetsPerSecond + " octets a second");
    }
  }
}
