package dev.sluice.client.transfer;

import io.soabase.recordbuilder.core.RecordBuilder;

/**
 * In which order and how fast the files of a tree move.
 *
 * @param order of the files in a directory
 * @param bandwidth octets a second of all files together, at most; 0 = no limit
 * @param segments of one large file that move at the same time, 1 to 64; default 1. A file is large
 *     if each segment has 1 MiB or more. Both trees must be able to do several transfers at once
 *     and to read and write at any offset, otherwise, and with a journal, a file moves in one piece
 */
@RecordBuilder
public record Flow(Order order, long bandwidth, int segments) implements FlowBuilder.With {
  private static final int MOST_SEGMENTS = 64;

  /** As listed, as fast as can be. */
  public static final Flow DEFAULT = new Flow(Order.LISTED, 0, 1);

  public Flow {
    if (bandwidth < 0) {
      throw new IllegalArgumentException("bandwidth: " + bandwidth);
    }
    if (segments < 1 || segments > MOST_SEGMENTS) {
      throw new IllegalArgumentException("segments: " + segments + ", 1 to 64 are possible");
    }
  }

  /** The order of the files in a directory; directories come after the files, as listed. */
  public enum Order {
    /** As the source lists them. */
    LISTED,
    /** Small ones first. */
    SMALL_FIRST,
    /** Large ones first. */
    LARGE_FIRST
  }
}
