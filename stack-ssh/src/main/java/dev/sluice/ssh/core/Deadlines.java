package dev.sluice.ssh.core;

import dev.sluice.api.error.TimedOut;
import java.time.Duration;

/** The waits of a connection that end it: each names its step. */
final class Deadlines {
  private final TransportLimits limits;
  private final boolean loginLimited;
  private long startedAt;
  private long exchangeAt;
  private boolean exchanging = true;
  private boolean first = true;
  private boolean loggedIn;

  /**
   * @param loginLimited whether the login counts: a client's user may take their time
   */
  Deadlines(TransportLimits limits, boolean loginLimited) {
    this.limits = limits;
    this.loginLimited = loginLimited;
  }

  void start(long nowNanos) {
    startedAt = nowNanos;
    exchangeAt = nowNanos;
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

  void check(long nowNanos) {
    if (exchanging && nowNanos - exchangeAt >= exchangeTime().toNanos()) {
      throw new TimedOut(
          first ? "identification and key exchange" : "key exchange", exchangeTime());
    }
    if (loginLimited && !loggedIn && nowNanos - startedAt >= limits.loginTime().toNanos()) {
      throw new TimedOut("login", limits.loginTime());
    }
  }

  long nextNanos() {
    long next = Long.MAX_VALUE;
    if (exchanging) {
      next = exchangeAt + exchangeTime().toNanos();
    }
    if (loginLimited && !loggedIn) {
      next = Math.min(next, startedAt + limits.loginTime().toNanos());
    }
    return next;
  }

  private Duration exchangeTime() {
    return first ? limits.handshakeTime() : limits.exchangeTime();
  }
}
