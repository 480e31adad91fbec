package dev.sluice.ftp.io;

import dev.sluice.ftp.FtpReply;
import dev.sluice.ftp.command.FtpCommand;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** A command that was sent and what comes back. Emits on the event loop. */
public final class Exchange {
  private final FtpCommand command;
  private final Sinks.One<FtpReply> opening = Sinks.one();
  private final Sinks.One<FtpReply> answer = Sinks.one();

  Exchange(FtpCommand command) {
    this.command = command;
  }

  public FtpCommand command() {
    return command;
  }

  /** The first reply: 1yz, or the final one when there is no other. */
  public Mono<FtpReply> opening() {
    return opening.asMono();
  }

  /** The final reply. */
  public Mono<FtpReply> answer() {
    return answer.asMono();
  }

  void started(FtpReply reply) {
    opening.tryEmitValue(reply);
  }

  void answered(FtpReply reply) {
    opening.tryEmitValue(reply);
    answer.tryEmitValue(reply);
  }

  void failed(Throwable cause) {
    opening.tryEmitError(cause);
    answer.tryEmitError(cause);
  }
}
