package dev.sluice.tls.session;

import dev.sluice.api.SessionClosed;

/**
 * The connection ended and the peer had not said that it sends no more (RFC 8446 section 6.1): what
 * arrived is genuine, and may be cut short.
 */
public final class MissingCloseNotify extends SessionClosed {
  private static final long serialVersionUID = 1L;

  public MissingCloseNotify() {
    super("the connection ended without close_notify: what arrived may be cut short");
  }
}
