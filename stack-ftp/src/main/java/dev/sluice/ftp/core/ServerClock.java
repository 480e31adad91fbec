package dev.sluice.ftp.core;

import dev.sluice.ftp.FtpServerTimeouts;
import dev.sluice.transport.ProtocolCore;

/** How long a client may take to log in, and to say something after that. */
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

  /** The client has said something, or was answered. */
  void sign() {
    idleSince = now;
  }

  /** When the client is sent away; {@link ProtocolCore#NO_DEADLINE} = not as things are. */
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
