package dev.sluice.tls.core;

import dev.sluice.tls.session.TlsSession;
import io.netty.buffer.ByteBuf;

/** What a {@link TlsCore} tells its driver. */
public sealed interface TlsEvent {

  /**
   * The core waits until {@code task} has run, on a thread that may compute for long, and {@link
   * TlsCore#workDone} was called behind it. The task does not throw.
   */
  record Work(Runnable task) implements TlsEvent {
    @Override
    public void discard() {
      if (task instanceof EngineStep step) {
        step.release();
      }
    }
  }

  /** The handshake is over and the peer verified: octets may pass. */
  record Established(TlsSession session) implements TlsEvent {}

  /** Octets of the peer. The buffer belongs to whoever takes the event. */
  record Plaintext(ByteBuf octets) implements TlsEvent {
    @Override
    public void discard() {
      octets.release();
    }
  }

  /** The peer has said that it sends no more (close_notify). */
  record PeerEnded() implements TlsEvent {}

  /** Gives back the memory of an event that nobody takes. */
  default void discard() {}
}
