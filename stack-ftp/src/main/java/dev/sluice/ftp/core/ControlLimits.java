package dev.sluice.ftp.core;

import java.time.Duration;

/**
 * The bounds of a client's control connection.
 *
 * @param lineOctets the longest reply line kept; the rest of a longer one is dropped
 * @param replyLines the most lines kept of one reply; further ones are dropped
 * @param greeting wait for 220, and again after a 120
 * @param reply wait for a reply; each line of a long reply, up to {@code replyLines}, renews it
 * @param abort wait for what a server says to ABOR
 * @param abortGrace wait for the second reply to an aborted transfer before NOOP asks for it
 * @param keepAlive interval of NOOP during transfers; zero = none
 */
public record ControlLimits(
    int lineOctets,
    int replyLines,
    Duration greeting,
    Duration reply,
    Duration abort,
    Duration abortGrace,
    Duration keepAlive) {

  public ControlLimits {
    if (lineOctets < 16 || replyLines < 1) {
      throw new IllegalArgumentException("lineOctets " + lineOctets + ", lines " + replyLines);
    }
  }
}
