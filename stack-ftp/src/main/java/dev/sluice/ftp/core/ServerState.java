package dev.sluice.ftp.core;

import dev.sluice.ftp.FtpReply;
import dev.sluice.ftp.command.FtpCommand;
import org.jspecify.annotations.Nullable;

/** What the server's end of a control connection is at. */
sealed interface ServerState {

  /** Nothing is carried out before the greeting (RFC 959 section 5.4). */
  record Ungreeted() implements ServerState {}

  /** No command runs. */
  record Ready() implements ServerState {}

  /**
   * A command is carried out.
   *
   * @param aborted an ABOR waits for it to end
   * @param lastWords what the session ends with after it; null = it goes on
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

  /** Between clear and encrypted: whatever comes now nobody vouches for. */
  record Changing() implements ServerState {}

  /**
   * What was written still goes out; nothing comes in any more.
   *
   * @param sinceNanos when that began
   */
  record Closing(long sinceNanos) implements ServerState {}
}
