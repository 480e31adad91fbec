package dev.sluice.ftp;

import java.util.concurrent.ThreadLocalRandom;

/**
 * TCP ports from {@code first} to {@code last}, both included.
 *
 * @param first from 0; 0 to 0 lets the system choose
 * @param last up to 65535
 */
public record PortRange(int first, int last) {
  /** The system chooses. */
  public static final PortRange ANY = new PortRange(0, 0);

  public PortRange {
    if (first < 0 || last > 65535 || first > last || first == 0 && last != 0) {
      throw new IllegalArgumentException("no port range: " + first + "-" + last);
    }
  }

  /**
   * Reads {@code 60000-60100} or one number.
   *
   * @throws IllegalArgumentException when it is neither
   */
  public static PortRange parse(String text) {
    String[] ends = text.split("-", -1);
    try {
      int first = Integer.parseInt(ends[0].trim());
      return new PortRange(first, ends.length == 1 ? first : Integer.parseInt(ends[1].trim()));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("no port range: " + text, e);
    }
  }

  /** How many ports there are; 0 when the system chooses. */
  public int size() {
    return first == 0 ? 0 : last - first + 1;
  }

  /**
   * One of the ports, chosen so that it cannot be guessed (RFC 2577 section 8); 0 when the system
   * chooses.
   */
  public int random() {
    return first == 0 ? 0 : ThreadLocalRandom.current().nextInt(first, last + 1);
  }

  @Override
  public String toString() {
    return first + "-" + last;
  }
}
