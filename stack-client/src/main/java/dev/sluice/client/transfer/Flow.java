package dev.sluice.client.transfer;

import io.soabase.recordbuilder.core.RecordBuilder;

/**
 * In which order and how fast the files of a tree move.
 *
 * @param order of the files in a directory
 * @param bandwidth octets a second of all files together, at most; 0 = no limit
 */
@RecordBuilder
public record Flow(Order order, long bandwidth) implements FlowBuilder.With {
  /** As listed, as fast as can be. */
  public static final Flow DEFAULT = new Flow(Order.LISTED, 0);

  public Flow {
    if (bandwidth < 0) {
      throw new IllegalArgumentException("bandwidth: " + bandwidth);
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
