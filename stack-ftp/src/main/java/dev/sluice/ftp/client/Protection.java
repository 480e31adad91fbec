package dev.sluice.ftp.client;

import dev.sluice.tls.core.TlsCore;
import dev.sluice.tls.session.TlsSession;
import org.jspecify.annotations.Nullable;

/** How the connections of a session are protected by now. Touched on the event loop only. */
final class Protection {

  /** What the control connection has agreed on; null = it is in clear. */
  @Nullable TlsSession control;

  /** Data connections are TLS (PROT P). */
  boolean data;

  /** A data connection has gone on from this control connection's session. */
  boolean resumed;

  /** TLS 1.2 was tried for its resumption, and there was none. */
  boolean onlyNewerResumes;

  /** The beginning of the next data connection's handshake; it holds a ticket that serves once. */
  private @Nullable TlsCore prepared;

  boolean isPrepared() {
    return prepared != null;
  }

  void prepare(TlsCore next) {
    prepared = next;
  }

  /** Returns what was prepared; the caller owns it. */
  TlsCore take() {
    TlsCore taken = prepared;
    prepared = null;
    if (taken == null) {
      throw new IllegalStateException("no data connection was prepared");
    }
    return taken;
  }

  /** Nothing is protected. */
  void reset() {
    if (prepared != null) {
      prepared.discard();
      prepared = null;
    }
    control = null;
    data = false;
    resumed = false;
  }

  /** For people. */
  String describe() {
    TlsSession agreed = control;
    if (agreed == null) {
      return "none";
    }
    return agreed.describe() + (data ? "" : ", data in clear");
  }
}
