package dev.sluice.ftp.client;

import dev.sluice.api.RemotePath;
import dev.sluice.api.error.FileError;
import dev.sluice.api.error.FileFailure;
import dev.sluice.ftp.command.OnPath;
import dev.sluice.ftp.command.Verb;
import reactor.core.publisher.Mono;

/** Making, removing and renaming. */
final class Names {
  private Names() {}

  static Mono<Void> createDirectory(Job job, RemotePath directory) {
    return job.expect(new OnPath(Verb.MKD, directory.toString()), Verb.XMKD).then();
  }

  static Mono<Void> deleteDirectory(Job job, RemotePath directory) {
    return job.expect(new OnPath(Verb.RMD, directory.toString()), Verb.XRMD).then();
  }

  static Mono<Void> deleteFile(Job job, RemotePath file) {
    return job.expect(new OnPath(Verb.DELE, file.toString())).then();
  }

  /** Some servers do not rename over a file: then, and only then, it is deleted first. */
  static Mono<Void> rename(Job job, RemotePath from, RemotePath to) {
    return job.check(new OnPath(Verb.RNTO, to.toString()))
        .then(once(job, from, to))
        .onErrorResume(
            FileFailure.class,
            failure ->
                failure.error() == FileError.ALREADY_EXISTS
                    ? deleteFile(job, to).then(once(job, from, to))
                    : Mono.error(failure));
  }

  private static Mono<Void> once(Job job, RemotePath from, RemotePath to) {
    return job.expect(new OnPath(Verb.RNFR, from.toString()))
        .then(Mono.defer(() -> job.expect(new OnPath(Verb.RNTO, to.toString()))))
        .then();
  }
}
