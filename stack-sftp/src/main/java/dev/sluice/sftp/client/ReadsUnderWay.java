package dev.sluice.sftp.client;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The READs of a download in the order of the file: which one is to be sent next, and what has
 * arrived and not been taken, which counts as in flight. On the link's thread.
 */
final class ReadsUnderWay {
  private final FlightWindow window;
  private final ReadPace pace;
  private final long end;
  private final ArrayDeque<ReadPart> parts = new ArrayDeque<>();
  private long next;
  private long octets;
  private long undelivered;
  private boolean endFound;

  /**
   * @param start offset of the first octet
   * @param end offset after the last one
   */
  ReadsUnderWay(FlightWindow window, ReadPace pace, long start, long end) {
    this.window = window;
    this.pace = pace;
    this.next = start;
    this.end = end;
  }

  /**
   * @param size of the file, as a hint; negative = unknown
   */
  void begin(HeadStart start, long nowNanos, long size) {
    pace.expect(size);
    window.begin(start, nowNanos);
  }

  /** The READ to send now; null = none. */
  @Nullable ReadPart add() {
    if (endFound || next >= end) {
      return null;
    }
    long length = pace.length(next, end);
    if (!pace.admits(next) || !window.admits(octets, length)) {
      return null;
    }
    ReadPart part = new ReadPart(next, (int) length);
    parts.add(part);
    next += length;
    octets += length;
    pace.requested(part.offset());
    return part;
  }

  /**
   * A READ has its answer.
   *
   * @param came octets of data in it
   */
  void answered(ReadPart part, long came) {
    undelivered += came;
    if (part.isSettled()) {
      endFound |= part.isEnd() || part.failure() != null;
      pace.answered(part.offset(), part.isEnd());
    } else {
      pace.fellShort(came);
    }
  }

  /** The first part that was not completely delivered; null = there is none. */
  @Nullable ReadPart first() {
    return parts.peek();
  }

  void removeFirst() {
    parts.remove();
  }

  /** Octets are on their way to the reader. */
  void delivered(int taken, long nowNanos) {
    undelivered -= taken;
    octets -= taken;
    window.passed(taken, undelivered, nowNanos);
  }

  /** Whether all that was to be read has been delivered. */
  boolean isOver() {
    return parts.isEmpty() && next >= end;
  }

  /** Whether all that was to be read has arrived. */
  boolean isWhole() {
    return (endFound || next >= end)
        && parts.stream().allMatch(part -> part.isSettled() && part.failure() == null);
  }

  /** Drops what was not delivered; may be called more than once. */
  void end(HeadStart start) {
    parts.forEach(ReadPart::release);
    parts.clear();
    window.end(start);
  }
}
