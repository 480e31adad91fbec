package dev.sluice.ftp.client;

import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.api.RemotePath;
import dev.sluice.api.TemporaryName;
import dev.sluice.ftp.FtpReply;
import dev.sluice.ftp.command.OnPath;
import dev.sluice.ftp.command.Verb;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Making, removing and renaming. */
final class Names {
  /** The temporary name of a file that is moved aside for another. */
  private static final TemporaryName OLD = new TemporaryName("{name}.{random}.old");

  private Names() {}

  static Mono<Void> createDirectory(Job job, RemotePath directory) {
    return job.expect(new OnPath(Verb.MKD, directory.toString()), Verb.XMKD).then();
  }

  static Mono<Void> deleteDirectory(Job job, RemotePath directory) {
    return job.expect(new OnPath(Verb.RMD, directory.toString()), Verb.XRMD).then();
  }

  static Mono<Void> deleteFile(Job job, RemotePath file) {
    return job.expect(new OnPath(Verb.DELE, file.toString()))
        .then()
        .onErrorResume(FileFailure.class, failure -> orMissing(job, file, failure));
  }

  /**
   * Renames, even when a file has the new name already. Some servers do not rename over a file:
   * there the old file is moved aside first, and moved back when the rename still fails.
   */
  static Mono<Void> rename(Job job, RemotePath from, RemotePath to) {
    if (to.startsWith(from) && !to.equals(from)) {
      return Mono.error(
          new FileFailure(FileError.INVALID_NAME, to, "lies in what is to be renamed"));
    }
    return job.check(new OnPath(Verb.RNFR, from.toString()))
        .then(job.check(new OnPath(Verb.RNTO, to.toString())))
        .then(
            once(job, from, to)
                .onErrorResume(FileFailure.class, failure -> again(job, from, to, failure)));
  }

  private static Mono<Void> again(Job job, RemotePath from, RemotePath to, FileFailure failure) {
    return Flux.just(from, to)
        .concatMap(path -> Entries.stat(job, path))
        .map(entry -> entry.attributes().isDirectory())
        .collectList()
        .onErrorResume(FileFailure.class, missing -> Mono.empty())
        .switchIfEmpty(Mono.defer(() -> orMissing(job, from, failure).thenReturn(List.of())))
        .flatMap(
            directories -> {
              if (!directories.get(0) && directories.get(1)) {
                return Mono.error(
                    new FileFailure(FileError.IS_A_DIRECTORY, to, "a file cannot replace it"));
              }
              return directories.contains(true)
                  ? Mono.error(failure)
                  : replace(job, from, to).thenReturn(true);
            })
        .then();
  }

  /** Some servers answer with a code that means "try again" when the file is missing. */
  private static Mono<Void> orMissing(Job job, RemotePath path, FileFailure failure) {
    return failure.error() == FileError.NOT_FOUND
        ? Mono.error(failure)
        : Entries.exists(job, path)
            .onErrorReturn(FileFailure.class, true)
            .flatMap(exists -> Mono.error(exists ? failure : failure.as(FileError.NOT_FOUND)));
  }

  private static Mono<Void> replace(Job job, RemotePath from, RemotePath to) {
    RemotePath aside = OLD.of(to);
    return once(job, to, aside)
        .then(
            once(job, from, to)
                .onErrorResume(
                    FileFailure.class, failure -> once(job, aside, to).then(Mono.error(failure))))
        .then(deleteFile(job, aside));
  }

  private static Mono<Void> once(Job job, RemotePath from, RemotePath to) {
    OnPath first = new OnPath(Verb.RNFR, from.toString());
    OnPath second = new OnPath(Verb.RNTO, to.toString());
    return job.chain(first, second).flatMap(replies -> renamed(first, second, replies));
  }

  /** What the replies to both commands, or the refusal of the first, say. */
  static Mono<Void> renamed(OnPath first, OnPath second, List<FtpReply> replies) {
    FtpReply last = replies.get(replies.size() - 1);
    return Job.positive(replies.size() == 1 ? first : second, last).then();
  }
}
