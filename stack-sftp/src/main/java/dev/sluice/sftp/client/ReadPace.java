package dev.sluice.sftp.client;

/**
 * How much each READ asks for, and how many of them may lie after the expected end of the file:
 * there, their number doubles with each that finds data.
 */
final class ReadPace {
  private static final int LEAST_CHUNK = 4096;

  private int chunk;
  private long expectedEnd;
  private int behind;
  private int mostBehind = 1;
  private long lastShort;

  ReadPace(int chunk) {
    this.chunk = chunk;
  }

  /**
   * @param size of the file, as a hint; negative = unknown
   */
  void expect(long size) {
    expectedEnd = Math.max(0, size);
  }

  /** Octets of a READ at {@code offset}. A chunk ends at the expected end of the file. */
  long length(long offset, long end) {
    long most = Math.min(chunk, end - offset);
    return offset < expectedEnd ? Math.min(most, expectedEnd - offset) : most;
  }

  boolean admits(long offset) {
    return offset < expectedEnd || behind < mostBehind;
  }

  void requested(long offset) {
    if (offset >= expectedEnd) {
      behind++;
    }
  }

  /** All of the part was answered. */
  void answered(long offset, boolean end) {
    if (offset >= expectedEnd) {
      behind--;
      mostBehind = end ? mostBehind : Math.min(1 << 16, 2 * mostBehind);
    }
  }

  /** A READ yielded only {@code octets}: if they all do, that is the server's limit. */
  void fellShort(long octets) {
    if (octets == lastShort) {
      chunk = (int) Math.min(chunk, Math.max(LEAST_CHUNK, octets));
    }
    lastShort = octets;
  }
}
