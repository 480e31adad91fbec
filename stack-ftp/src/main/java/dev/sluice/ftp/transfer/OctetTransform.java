package dev.sluice.ftp.transfer;

import io.netty.buffer.ByteBuf;

/**
 * Changes a stream of octets piece by piece: one instance for one transfer, used by one thread at a
 * time. How the pieces are cut makes no difference to the result.
 *
 * <p>A piece may become more than it is good to hold at once: {@link #apply} then returns a first
 * part, {@link #hasMore} is true, and the next parts are had by {@code apply} of an empty buffer.
 * Other octets are given, and {@link #finish} is called, only once {@code hasMore} is false.
 */
public interface OctetTransform {

  /**
   * Takes {@code octets} and returns what they become, possibly empty; the result belongs to the
   * caller. The argument is released here also when this fails.
   *
   * @throws dev.sluice.api.PeerMisbehaved when the stream is malformed
   * @throws dev.sluice.api.LimitExceeded when it grows beyond what is allowed
   */
  ByteBuf apply(ByteBuf octets);

  /** Whether the octets taken become more than was returned. */
  default boolean hasMore() {
    return false;
  }

  /** Whether the stream has told its own end, so that the connection need not end to show it. */
  default boolean isComplete() {
    return false;
  }

  /**
   * The stream has ended: returns what was held back, possibly empty.
   *
   * @throws dev.sluice.api.PeerMisbehaved when the stream may not end here
   */
  ByteBuf finish();

  /** Frees what the transform holds. Idempotent. */
  default void close() {}
}
