package dev.sluice.ftp.core;

import dev.sluice.ftp.FtpReply;
import dev.sluice.ftp.command.FtpCommand;
import org.jspecify.annotations.Nullable;

/** The state of the server's end of a control connection. */
sealed interface ServerState {

  /** Nothing is carried out before the greeting (RFC 959 section 5.4). */
  record Ungreeted() implements ServerState {}

  /** No command runs. */
  record Ready() implements ServerState {}

  /**
   * A command is carried out.
   *
   * @param aborted an ABOR waits for it to end
   * @param lastWords the last reply of the session, sent after the command; null = the session goes
   *     on
   */
  record Running(FtpCommand command, boolean aborted, @Nullable FtpReply lastWords)
      implements ServerState {
    Running abort() {
      return new Running(command, true, lastWords);
    }

    Running last(FtpReply words) {
      return new Running(command, aborted, words);
    }
  }

  /** Between clear and encrypted: input that arrives now cannot be trusted. */
  record Changing() implements ServerState {}

  /**
   * Replies already written still go out; no more input is read.
   *
   * @param sinceNanos when this state began
   */
  record Closing(long sinceNanos) implements ServerState {}
}
