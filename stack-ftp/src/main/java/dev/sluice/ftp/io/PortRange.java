package dev.sluice.ftp.io;

import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports to pick from at random, so that the next one cannot be guessed (RFC 2577 section 8).
 *
 * @param low first port; 0 with {@code high} 0 = whatever the system gives
 * @param high last port
 */
public record PortRange(int low, int high) {
  /** Whatever the system gives, which is random as well. */
  public static final PortRange ANY = new PortRange(0, 0);

  public PortRange {
    if (low < 0 || high < low || high > 65535 || low == 0 && high != 0) {
      throw new IllegalArgumentException("ports " + low + "-" + high);
    }
  }

  int random() {
    return low == 0 ? 0 : ThreadLocalRandom.current().nextInt(low, high + 1);
  }

  @Override
  public String toString() {
    return low + "-" + high;
  }
}
