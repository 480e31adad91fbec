package dev.sluice.ftp;

import java.time.Duration;

/**
 * What a client may use of a control connection.
 *
 * @param lineOctets longest command line once logged in
 * @param lineOctetsBeforeLogin longest command line before that
 * @param queuedCommands commands held while one is carried out; reading stops beyond
 * @param badLines lines without a known verb, none between them carried out, that end the session
 * @param loginTime from connect to login
 * @param idleTime without a command or a transfer
 */
public record FtpServerLimits(
    int lineOctets,
    int lineOctetsBeforeLogin,
    int queuedCommands,
    int badLines,
    Duration loginTime,
    Duration idleTime) {

  public static final FtpServerLimits DEFAULT =
      new FtpServerLimits(4096, 1024, 64, 10, Duration.ofSeconds(60), Duration.ofSeconds(300));

  public FtpServerLimits withLoginTime(Duration time) {
    return new FtpServerLimits(
        lineOctets, lineOctetsBeforeLogin, queuedCommands, badLines, time, idleTime);
  }

  public FtpServerLimits withIdleTime(Duration time) {
    return new FtpServerLimits(
        lineOctets, lineOctetsBeforeLogin, queuedCommands, badLines, loginTime, time);
  }

  public FtpServerLimits withLineOctets(int octets) {
    return new FtpServerLimits(
        octets,
        Math.min(octets, lineOctetsBeforeLogin),
        queuedCommands,
        badLines,
        loginTime,
        idleTime);
  }

  public FtpServerLimits withBadLines(int inARow) {
    return new FtpServerLimits(
        lineOctets, lineOctetsBeforeLogin, queuedCommands, inARow, loginTime, idleTime);
  }
}
