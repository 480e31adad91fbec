package dev.sluice.ftp;

/**
 * How far compressed data may grow.
 *
 * @param maxOctets longest file, in octets
 * @param maxRatio octets of the file for each octet received, checked from {@value
 *     #RATIO_FREE_OCTETS} octets of the file on; deflate itself reaches 1032, text and logs 10 to
 *     50
 */
public record InflateLimit(long maxOctets, int maxRatio) {
  /** Below this nothing is suspicious. */
  public static final int RATIO_FREE_OCTETS = 16 * 1024 * 1024;

  /** 64 GiB, and 200 to 1: a file of zeros that passes this can be sent without compression. */
  public static final InflateLimit DEFAULT = new InflateLimit(64L << 30, 200);

  public InflateLimit {
    if (maxOctets < 0 || maxRatio < 1) {
      throw new IllegalArgumentException("maxOctets " + maxOctets + ", maxRatio " + maxRatio);
    }
  }
}
