package dev.sluice.tls.core;

import dev.sluice.tls.session.TlsSession;
import io.netty.buffer.ByteBuf;

/** What a {@link TlsCore} reports to its driver. */
public sealed interface TlsEvent {

  /**
   * The core waits until {@code task} has run, on a thread that may compute for a long time, and
   * {@link TlsCore#workDone} was called afterwards. The task does not throw.
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

  /** Octets from the peer. The receiver of the event owns the buffer. */
  record Plaintext(ByteBuf octets) implements TlsEvent {
    @Override
    public void discard() {
      octets.release();
    }
  }

  /** The peer has said that it sends no more (close_notify). */
  record PeerEnded() implements TlsEvent {}

  /** Gives back the memory of an event that has no receiver. */
  default void discard() {}
}
