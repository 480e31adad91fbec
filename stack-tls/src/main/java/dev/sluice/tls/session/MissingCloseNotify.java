package dev.sluice.tls.session;

import dev.sluice.api.SessionClosed;

/**
 * The connection ended without a close_notify from the peer (RFC 8446 section 6.1): the octets
 * received are genuine, but may be truncated.
 */
public final class MissingCloseNotify extends SessionClosed {
  private static final long serialVersionUID = 1L;

  public MissingCloseNotify() {
    super("the connection ended without close_notify: what arrived may be cut short");
  }
}
