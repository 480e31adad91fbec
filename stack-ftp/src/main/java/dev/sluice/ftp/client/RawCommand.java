package dev.sluice.ftp.client;

import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.ftp.FtpReply;
import dev.sluice.ftp.command.Raw;
import dev.sluice.ftp.command.Verb;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import reactor.core.publisher.Mono;

/** Commands that the caller wrote. */
final class RawCommand {
  /** Commands that would break the session's assumptions. */
  private static final Set<Verb> REFUSED =
      EnumSet.of(
          Verb.QUIT, Verb.REIN, Verb.USER, Verb.PASS, Verb.AUTH, Verb.CCC, Verb.PROT, Verb.ABOR);

  private RawCommand() {}

  static Mono<FtpReply> run(Job job, String line) {
    return Mono.defer(
        () -> {
          Raw command = new Raw(line);
          Optional<Verb> verb = Verb.named(line.split(" ", 2)[0]);
          if (verb.isPresent() && (verb.get().isTransfer() || REFUSED.contains(verb.get()))) {
            return Mono.error(
                new FileFailure(
                    FileError.UNSUPPORTED, verb.get() + " is not for raw commands: use a verb"));
          }
          Conversation conversation = job.conversation();
          return Folders.goHome(job)
              .then(job.send(command))
              .doOnNext(
                  reply -> {
                    conversation.agreed.format = null; // it may have been TYPE or MODE
                    conversation.agreed.restPending = true; // or REST
                    conversation.home = null; // or CWD
                  });
        });
  }
}
