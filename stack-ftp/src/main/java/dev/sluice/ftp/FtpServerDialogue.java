package dev.sluice.ftp;

import io.soabase.recordbuilder.core.RecordBuilder;

/**
 * How a server reads and writes the control connection.
 *
 * @param greeting text of the 220 reply
 * @param charset how pathnames travel
 * @param lineEnding what ends a command line
 */
@RecordBuilder
public record FtpServerDialogue(String greeting, PathCharset charset, LineEnding lineEnding)
    implements FtpServerDialogueBuilder.With {
  public static final FtpServerDialogue DEFAULT =
      new FtpServerDialogue("Sluice ready", PathCharset.UTF_8, LineEnding.LENIENT);
}
