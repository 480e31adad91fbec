package dev.sluice.ftp.core;

import java.time.Duration;

/**
 * The bounds of a client's control connection.
 *
 * @param lineOctets the longest line of a reply; a longer one ends the session
 * @param replyLines the most lines of one reply; one more ends the session
 * @param greeting wait for 220, and again after a 120
 * @param reply wait for a reply; each line of a long reply renews it, up to five times as long
 * @param finalReply wait for the final reply to a transfer after the end of its data
 * @param abort wait for the reply to ABOR
 * @param abortGrace wait for the second reply to an aborted transfer before NOOP asks for it
 * @param keepAlive interval of NOOP during transfers and until their final reply; zero = none
 */
public record ControlLimits(
    int lineOctets,
    int replyLines,
    Duration greeting,
    Duration reply,
    Duration finalReply,
    Duration abort,
    Duration abortGrace,
    Duration keepAlive) {

  public ControlLimits {
    if (lineOctets < 16 || replyLines < 1) {
      throw new IllegalArgumentException("lineOctets " + lineOctets + ", lines " + replyLines);
    }
  }
}
