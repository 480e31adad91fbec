package dev.sluice.ftp.transfer;

/**
 * How far compressed data may grow.
 *
 * @param maxOctets longest file, in octets
 * @param maxRatio octets of the file for each octet received, looked at once the file has {@value
 *     #RATIO_FREE_OCTETS} octets; deflate itself reaches 1032
 */
public record InflateLimit(long maxOctets, int maxRatio) {
  /** Below this nothing is suspicious. */
  static final int RATIO_FREE_OCTETS = 1024 * 1024;

  /** Any size that deflate can honestly reach. */
  public static final InflateLimit DEFAULT = new InflateLimit(Long.MAX_VALUE, 1100);

  public InflateLimit {
    if (maxOctets < 0 || maxRatio < 1) {
      throw new IllegalArgumentException("maxOctets " + maxOctets + ", maxRatio " + maxRatio);
    }
  }
}
