package dev.sluice.ftp.transfer;

import io.netty.buffer.ByteBuf;

/**
 * Changes a stream of octets piece by piece: one instance for one transfer, used by one thread at a
 * time. How the pieces are cut makes no difference to the result.
 */
public interface OctetTransform {

  /**
   * Takes {@code octets} and returns what they become, possibly empty; the result belongs to the
   * caller.
   *
   * @throws dev.sluice.api.error.PeerMisbehaved when the stream is malformed
   */
  ByteBuf apply(ByteBuf octets);

  /**
   * The stream has ended: returns what was held back, possibly empty.
   *
   * @throws dev.sluice.api.error.PeerMisbehaved when the stream may not end here
   */
  ByteBuf finish();

  /** Frees what the transform holds. Idempotent. */
  default void close() {}
}
