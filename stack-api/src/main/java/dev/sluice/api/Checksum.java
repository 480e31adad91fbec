package dev.sluice.api;

import java.util.HexFormat;

/**
 * The digest of a run of octets of a file.
 *
 * @param algorithm how it was computed
 * @param hex lower-case hexadecimal digits
 * @param octets how many octets it covers
 */
public record Checksum(ChecksumAlgorithm algorithm, String hex, long octets) {
  /** The digest {@code value}, big-endian. */
  public static Checksum of(ChecksumAlgorithm algorithm, byte[] value, long octets) {
    return new Checksum(algorithm, HexFormat.of().formatHex(value), octets);
  }
}
