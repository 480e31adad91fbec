package dev.sluice.api;

/**
 * A run of octets in a file.
 *
 * @param start first octet, from 0
 * @param length octets, from 0; {@link #TO_END} = up to the end of the file
 */
public record ByteRange(long start, long length) {
  /** The length of a range that ends where the file ends. */
  public static final long TO_END = Long.MAX_VALUE;

  private static final ByteRange ALL = new ByteRange(0, TO_END);

  public ByteRange {
    if (start < 0 || length < 0) {
      throw new IllegalArgumentException("negative range: start " + start + ", length " + length);
    }
  }

  /** The whole file. */
  public static ByteRange all() {
    return ALL;
  }

  /** From {@code start} to the end of the file. */
  public static ByteRange from(long start) {
    return start == 0 ? ALL : new ByteRange(start, TO_END);
  }

  /** {@code length} octets from {@code start}, fewer if the file ends earlier. */
  public static ByteRange of(long start, long length) {
    return new ByteRange(start, length);
  }

  /** Whether the range reaches to the end of the file, wherever that is. */
  public boolean isToEnd() {
    return length == TO_END;
  }

  /** The octets of this range that a file of {@code size} octets holds. */
  public long lengthWithin(long size) {
    return Math.max(0, Math.min(length, size - start));
  }
}
