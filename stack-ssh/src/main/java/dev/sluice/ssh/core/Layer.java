package dev.sluice.ssh.core;

import io.netty.buffer.ByteBuf;

/**
 * What runs on the transport: first the request for a service, then the login, then the connection.
 * A layer accepts only the messages that may arrive now.
 */
interface Layer {

  /** Takes a message of number 5, 6 or 50 to 127 and returns the layer that follows. */
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
