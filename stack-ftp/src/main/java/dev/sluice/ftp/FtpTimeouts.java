package dev.sluice.ftp;

import java.time.Duration;

/**
 * The longest waits of a session; each ends in {@link dev.sluice.api.error.TimedOut} that names the
 * step.
 *
 * @param connect for the control connection
 * @param greeting for the server's 220
 * @param reply for a reply to a command, and for the final reply behind the end of the data
 * @param dataConnect for a data connection, either way
 * @param dataStall without a single octet on a data connection while it is the server's turn
 * @param abort for the replies to an interrupted transfer; then the session is closed
 */
public record FtpTimeouts(
    Duration connect,
    Duration greeting,
    Duration reply,
    Duration dataConnect,
    Duration dataStall,
    Duration abort) {

  /** Half a minute to connect, a minute for a reply, two without an octet. */
  public static final FtpTimeouts DEFAULT =
      new FtpTimeouts(
          Duration.ofSeconds(30),
          Duration.ofSeconds(60),
          Duration.ofSeconds(60),
          Duration.ofSeconds(30),
          Duration.ofSeconds(120),
          Duration.ofSeconds(20));

  public FtpTimeouts {
    check(connect, "connect");
    check(greeting, "greeting");
    check(reply, "reply");
    check(dataConnect, "dataConnect");
    check(dataStall, "dataStall");
    check(abort, "abort");
  }

  /** Every wait the same: for networks of which one knows what to expect. */
  public static FtpTimeouts all(Duration wait) {
    return new FtpTimeouts(wait, wait, wait, wait, wait, wait);
  }

  public FtpTimeouts withConnect(Duration wait) {
    return new FtpTimeouts(wait, greeting, reply, dataConnect, dataStall, abort);
  }

  public FtpTimeouts withGreeting(Duration wait) {
    return new FtpTimeouts(connect, wait, reply, dataConnect, dataStall, abort);
  }

  public FtpTimeouts withReply(Duration wait) {
    return new FtpTimeouts(connect, greeting, wait, dataConnect, dataStall, abort);
  }

  public FtpTimeouts withDataConnect(Duration wait) {
    return new FtpTimeouts(connect, greeting, reply, wait, dataStall, abort);
  }

  public FtpTimeouts withDataStall(Duration wait) {
    return new FtpTimeouts(connect, greeting, reply, dataConnect, wait, abort);
  }

  public FtpTimeouts withAbort(Duration wait) {
    return new FtpTimeouts(connect, greeting, reply, dataConnect, dataStall, wait);
  }

  private static void check(Duration wait, String name) {
    if (wait.isZero() || wait.isNegative()) {
      throw new IllegalArgumentException(name + " must be positive: " + wait);
    }
  }
}
