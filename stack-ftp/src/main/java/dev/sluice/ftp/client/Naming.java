package dev.sluice.ftp.client;

import dev.sluice.api.AtomicRefusal;
import dev.sluice.api.AttributeChange;
import dev.sluice.api.AttributesRefused;
import dev.sluice.api.FileAttributes;
import dev.sluice.api.FileFailure;
import dev.sluice.api.RemotePath;
import dev.sluice.ftp.FtpReply;
import dev.sluice.ftp.command.FtpCommand;
import dev.sluice.ftp.command.OnPath;
import dev.sluice.ftp.command.Verb;
import dev.sluice.ftp.reply.ReplyErrors;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import reactor.core.publisher.Mono;

/**
 * The end of an upload: a complete file gets its attributes and its name. What is refused of the
 * attributes is signalled at the end as {@link AttributesRefused}, what keeps it from its name as
 * {@link AtomicRefusal}.
 */
final class Naming {
  private final Job job;
  private final RemotePath part;
  private final RemotePath file;

  private Naming(Job job, RemotePath part, RemotePath file) {
    this.job = job;
    this.part = part;
    this.file = file;
  }

  /**
   * Turns {@code part} into {@code file}.
   *
   * @param mode the permissions of the file that it replaces; {@link FileAttributes#UNKNOWN} = the
   *     server chooses
   */
  static Mono<Void> of(
      Job job, RemotePath part, RemotePath file, AttributeChange attributes, int mode) {
    Naming naming = new Naming(job, part, file);
    Optional<List<FtpCommand>> settings =
        job.conversation().takesSeveral() && mode == FileAttributes.UNKNOWN
            ? Attributes.known(job.conversation(), part, attributes)
            : Optional.empty();
    return settings
        .filter(commands -> !commands.isEmpty())
        .map(naming::atOnce)
        .orElseGet(
            () ->
                Attributes.keepPermissions(job, part, mode)
                    .then(Attributes.with(job, part, attributes, file, naming.named())));
  }

  /** One round trip for all commands: a refused attribute keeps no file from its name. */
  private Mono<Void> atOnce(List<FtpCommand> settings) {
    OnPath from = new OnPath(Verb.RNFR, part.toString());
    OnPath to = new OnPath(Verb.RNTO, file.toString());
    List<FtpCommand> all = new ArrayList<>(settings);
    all.add(from);
    all.add(to);
    return job.conversation()
        .sendAll(all)
        .flatMap(
            replies -> {
              List<FtpReply> last = replies.subList(settings.size(), all.size());
              Mono<Void> renamed =
                  last.get(0).isNegative() || last.get(1).isNegative()
                      ? named()
                      : Mono.fromRunnable(() -> job.undoWith(null));
              return renamed.then(refused(settings, replies));
            });
  }

  private Mono<Void> refused(List<FtpCommand> settings, List<FtpReply> replies) {
    for (int i = 0; i < settings.size(); i++) {
      FtpReply reply = replies.get(i);
      if (reply.isNegative()
          && ReplyErrors.toFailure(reply, settings.get(i).describe()) instanceof FileFailure why) {
        return Mono.error(new AttributesRefused(file, why));
      }
    }
    return Mono.empty();
  }

  /** Once more where it was refused: {@link Names#rename} knows what servers may want. */
  private Mono<Void> named() {
    return Mono.defer(() -> Names.rename(job, part, file))
        .onErrorMap(FileFailure.class, refused -> AtomicRefusal.ofRename(file, refused))
        .doOnSuccess(done -> job.undoWith(null));
  }
}
