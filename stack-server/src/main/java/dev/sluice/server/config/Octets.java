package dev.sluice.server.config;

/**
 * A number of octets, which may be written with a unit.
 *
 * @param number from 0
 */
public record Octets(long number) {
  public Octets {
    if (number < 0) {
      throw new IllegalArgumentException(number + " octets");
    }
  }
}
