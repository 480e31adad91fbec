package dev.sluice.sftp.client;

import org.jspecify.annotations.Nullable;

/**
 * The requests of an upload that have no answer yet, and what has failed. Of several failures, the
 * one at the lowest offset counts, since everything before it is written. On the link's thread.
 */
final class WritesUnderWay {
  private final FlightWindow window;
  private final boolean single;
  private long next;
  private long octets;
  private int requests;
  private @Nullable Failure failure;

  private record Failure(Throwable cause, long offset) {}

  /**
   * @param single whether only one WRITE may be in flight
   * @param offset of the first octet
   */
  WritesUnderWay(FlightWindow window, boolean single, long offset) {
    this.window = window;
    this.single = single;
    this.next = offset;
  }

  void begin(HeadStart start, long nowNanos) {
    window.begin(start, nowNanos);
  }

  /** No more requests follow; may be called more than once. */
  void end(HeadStart start) {
    window.end(start);
  }

  /** Whether a WRITE of {@code length} octets may follow. */
  boolean admits(int length) {
    return single ? requests == 0 : window.admits(octets, length);
  }

  /** A WRITE is sent; returns its offset. */
  long add(int length) {
    long offset = next;
    next += length;
    octets += length;
    requests++;
    return offset;
  }

  /** Requests that write nothing are sent. */
  void addOthers(int count) {
    requests += count;
  }

  /** The server has taken {@code length} octets, or refused them. */
  void passed(int length, long nowNanos) {
    window.passed(length, 0, nowNanos);
  }

  /** A request that wrote {@code length} octets has its answer, or will never have one. */
  void settled(int length) {
    requests--;
    octets -= length;
  }

  boolean isEmpty() {
    return requests == 0;
  }

  void fail(Throwable cause, long offset) {
    if (failure == null || offset < failure.offset) {
      failure = new Failure(cause, offset);
    }
  }

  /** Nothing that has been sent has failed, but nothing can follow. */
  void failNext(Throwable cause) {
    fail(cause, next);
  }

  /** Everything is written, but the file may not be as it should. */
  void failLast(Throwable cause) {
    fail(cause, Long.MAX_VALUE);
  }

  /** Why the upload has failed; null = it has not. */
  @Nullable Throwable failure() {
    return failure == null ? null : failure.cause;
  }
}
