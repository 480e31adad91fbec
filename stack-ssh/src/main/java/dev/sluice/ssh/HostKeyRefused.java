package dev.sluice.ssh;

import dev.sluice.api.PeerUntrusted;

/** The server's host key is not trusted; no login was attempted. */
public final class HostKeyRefused extends PeerUntrusted {
  private static final long serialVersionUID = 1L;

  public HostKeyRefused(String message) {
    super(message);
  }
}
