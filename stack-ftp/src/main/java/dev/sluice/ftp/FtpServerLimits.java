package dev.sluice.ftp;

import io.soabase.recordbuilder.core.RecordBuilder;

/**
 * What a client may use of a control connection.
 *
 * @param lineOctets longest command line once logged in
 * @param lineOctetsBeforeLogin longest command line before that; no more than {@code lineOctets}
 *     counts
 * @param queuedCommands commands held while one is carried out; reading stops beyond
 * @param badLines lines without a known verb, none between them carried out, that end the session
 */
@RecordBuilder
public record FtpServerLimits(
    int lineOctets, int lineOctetsBeforeLogin, int queuedCommands, int badLines)
    implements FtpServerLimitsBuilder.With {
  public static final FtpServerLimits DEFAULT = new FtpServerLimits(4096, 1024, 64, 10);

  public FtpServerLimits {
    if (lineOctets < 64 || lineOctetsBeforeLogin < 64 || queuedCommands < 1 || badLines < 1) {
      throw new IllegalArgumentException(
          "line of %d octets, %d before login (64 at least), %d commands, %d bad lines"
              .formatted(lineOctets, lineOctetsBeforeLogin, queuedCommands, badLines));
    }
    lineOctetsBeforeLogin = Math.min(lineOctets, lineOctetsBeforeLogin);
  }
}
