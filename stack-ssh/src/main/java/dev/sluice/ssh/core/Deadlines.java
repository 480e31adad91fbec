package dev.sluice.ssh.core;

import dev.sluice.api.TimedOut;
import java.time.Duration;

/** The timeouts that end a connection; each names its step. */
final class Deadlines {
  private final TransportLimits limits;
  private final boolean server;
  private long startedAt;
  private long exchangeAt;
  private long heardAt;
  private boolean exchanging = true;
  private boolean first = true;
  private boolean loggedIn;

  /**
   * @param server whether the whole login is limited, or each answer of the server to it
   */
  Deadlines(TransportLimits limits, boolean server) {
    this.limits = limits;
    this.server = server;
  }

  void start(long nowNanos) {
    startedAt = nowNanos;
    exchangeAt = nowNanos;
    heardAt = nowNanos;
  }

  /** The peer has sent a packet. */
  void heard(long nowNanos) {
    heardAt = nowNanos;
  }

  void exchangeBegan(long nowNanos) {
    if (!exchanging) {
      exchanging = true;
      exchangeAt = nowNanos;
    }
  }

  void exchangeEnded() {
    exchanging = false;
    first = false;
  }

  void loggedIn() {
    loggedIn = true;
  }

  /**
   * Throws when a wait has lasted too long.
   *
   * @param ourTurn whether it is our side that the peer waits for
   */
  void check(long nowNanos, boolean ourTurn) {
    if (ourTurn) {
      heardAt = nowNanos;
    }
    if (exchanging && nowNanos - exchangeAt >= exchangeTime().toNanos()) {
      throw new TimedOut(
          first ? "identification and key exchange" : "key exchange", exchangeTime());
    }
    if (!loggedIn && server && nowNanos - startedAt >= limits.loginTime().toNanos()) {
      throw new TimedOut("login", limits.loginTime());
    }
    if (!loggedIn && !server && nowNanos - heardAt >= limits.handshakeTime().toNanos()) {
      throw new TimedOut("an answer to the login", limits.handshakeTime());
    }
  }

  long nextNanos() {
    long next = Long.MAX_VALUE;
    if (exchanging) {
      next = exchangeAt + exchangeTime().toNanos();
    }
    if (!loggedIn) {
      long login =
          server
              ? startedAt + limits.loginTime().toNanos()
              : heardAt + limits.handshakeTime().toNanos();
      next = Math.min(next, login);
    }
    return next;
  }

  private Duration exchangeTime() {
    return first ? limits.handshakeTime() : limits.exchangeTime();
  }
}
