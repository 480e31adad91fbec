package dev.sluice.ftp;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Duration;

/**
 * The longest waits of a session; each ends in {@link dev.sluice.api.TimedOut} that names the step,
 * unless it says otherwise.
 *
 * @param connect for the control connection
 * @param greeting for the server's 220
 * @param reply for a reply to a command, all lines of it
 * @param finalReply for the final reply to a transfer after the end of the data; some servers check
 *     or copy the file first
 * @param dataConnect for a data connection, either way
 * @param dataStall without a single octet on a data connection while the server is to act
 * @param abort for the replies to an interrupted transfer; then the session is closed
 * @param turn for the session while a stream of it waits for its own user, which ends in {@link
 *     dev.sluice.api.SessionBusy}
 */
@RecordBuilder
public record FtpTimeouts(
    Duration connect,
    Duration greeting,
    Duration reply,
    Duration finalReply,
    Duration dataConnect,
    Duration dataStall,
    Duration abort,
    Duration turn)
    implements FtpTimeoutsBuilder.With {

  /** Half a minute to connect, a minute for a reply, five for the last one of a transfer. */
  public static final FtpTimeouts DEFAULT =
      new FtpTimeouts(
          Duration.ofSeconds(30),
          Duration.ofSeconds(60),
          Duration.ofSeconds(60),
          Duration.ofSeconds(300),
          Duration.ofSeconds(30),
          Duration.ofSeconds(120),
          Duration.ofSeconds(20),
          Duration.ofSeconds(10));

  public FtpTimeouts {
    check(connect, "connect");
    check(greeting, "greeting");
    check(reply, "reply");
    check(finalReply, "finalReply");
    check(dataConnect, "dataConnect");
    check(dataStall, "dataStall");
    check(abort, "abort");
    check(turn, "turn");
  }

  /** Every wait the same: for networks that behave in a known way. */
  public static FtpTimeouts all(Duration wait) {
    return new FtpTimeouts(wait, wait, wait, wait, wait, wait, wait, wait);
  }

  private static void check(Duration wait, String name) {
    if (wait.isZero() || wait.isNegative()) {
      throw new IllegalArgumentException(name + " must be positive: " + wait);
    }
  }
}
