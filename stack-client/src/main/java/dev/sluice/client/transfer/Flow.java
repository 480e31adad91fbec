package dev.sluice.client.transfer;

import io.soabase.recordbuilder.core.RecordBuilder;

/**
 * In which order and in what pieces the files of a tree move.
 *
 * @param order of the files in a directory
 * @param segments of one large file that move at the same time, 1 to 64; default 1. A file is large
 *     if each segment has 1 MiB or more. Both trees must be able to do several transfers at once
 *     and to read and write at any offset, otherwise, and with a journal, a file moves in one piece
 */
@RecordBuilder
public record Flow(Order order, int segments) implements FlowBuilder.With {
  private static final int MOST_SEGMENTS = 64;

  /** As listed, each file in one piece. */
  public static final Flow DEFAULT = new Flow(Order.LISTED, 1);

  public Flow {
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
