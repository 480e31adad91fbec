package dev.sluice.ssh.core;

import io.netty.buffer.ByteBuf;

/**
 * What stands on the transport: first the request for a service, then the login, then the
 * connection. A layer takes the messages that may come now and no other.
 */
interface Layer {

  /** Takes a message of number 5, 6 or 50 to 127 and answers the layer that follows. */
  Layer on(int number, ByteBuf in);

  /** Whether the peer's next message must wait. */
  default boolean isBusy() {
    return false;
  }

  /** Does what is due; the next layer where that ends this one. */
  default void tick(long nowNanos) {}

  default long deadlineNanos() {
    return Long.MAX_VALUE;
  }
}
