package dev.sluice.ftp.server;

import dev.sluice.ftp.FtpReply;
import dev.sluice.ftp.command.FtpCommand;
import reactor.core.publisher.Mono;

/**
 * Carries out one verb.
 *
 * <p>Called on the event loop of the control connection. Nothing else of the session runs until the
 * reply has been signalled, so the handler owns the session's state until then, on any thread that
 * its storage uses.
 */
@FunctionalInterface
interface CommandHandler<C extends FtpCommand> {

  /**
   * The final reply. A failure is answered as {@link dev.sluice.ftp.reply.ReplyErrors} says; the
   * publisher is cancelled when an ABOR cuts it short or the session ends.
   */
  Mono<FtpReply> handle(C command, Session session);
}
