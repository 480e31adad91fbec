package dev.sluice.ftp.transfer;

import io.netty.buffer.ByteBuf;

/**
 * Changes a stream of octets piece by piece: one instance for one transfer, used by one thread at a
 * time. How the pieces are cut makes no difference to the result.
 *
 * <p>The result of a piece may be too long to hold at once: {@link #apply} then returns a first
 * part, {@link #hasMore} is true, and each {@code apply} of an empty buffer returns the next part.
 * Give other octets, and call {@link #finish}, only after {@code hasMore} is false.
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

  /** Whether more of the result is still to be returned. */
  default boolean hasMore() {
    return false;
  }

  /** Whether the stream has marked its own end, so that the connection need not end to show it. */
  default boolean isComplete() {
    return false;
  }

  /**
   * The stream has ended: returns the octets held back, possibly none.
   *
   * @throws dev.sluice.api.PeerMisbehaved when the stream may not end here
   */
  ByteBuf finish();

  /** Frees what the transform holds. Idempotent. */
  default void close() {}
}
