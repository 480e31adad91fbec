package dev.sluice.ftp.core;

import dev.sluice.ftp.FtpServerTimeouts;
import dev.sluice.transport.ProtocolCore;

/** How long a client may take to log in, and to send a command after that. */
final class ServerClock {
  private final FtpServerTimeouts timeouts;
  private boolean started;
  private boolean loggedIn;
  private long now;
  private long loginFrom;
  private long idleSince;

  ServerClock(FtpServerTimeouts timeouts) {
    this.timeouts = timeouts;
  }

  void tick(long nowNanos) {
    now = nowNanos;
    if (!started) {
      started = true;
      loginFrom = nowNanos;
      idleSince = nowNanos;
    }
  }

  long now() {
    return now;
  }

  boolean isLoggedIn() {
    return loggedIn;
  }

  /** The time for a login runs from the connection, or from the end of a login. */
  void loggedIn(boolean in) {
    if (loggedIn && !in) {
      loginFrom = now;
    }
    loggedIn = in;
  }

  /** The client has sent something, or was answered. */
  void sign() {
    idleSince = now;
  }

  /**
   * When the client is disconnected; {@link ProtocolCore#NO_DEADLINE} = never in the current state.
   */
  long deadline(boolean running) {
    if (!started) {
      return ProtocolCore.NO_DEADLINE;
    }
    if (!loggedIn) {
      return loginFrom + timeouts.login().toNanos();
    }
    return running ? ProtocolCore.NO_DEADLINE : idleSince + timeouts.idle().toNanos();
  }
}
