package dev.sluice.ftp.client;

import dev.sluice.api.FileAttributes;
import dev.sluice.api.FileEntry;
import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.api.FileKind;
import dev.sluice.api.PeerMisbehaved;
import dev.sluice.api.RemotePath;
import dev.sluice.ftp.FtpReply;
import dev.sluice.ftp.TransferFormat;
import dev.sluice.ftp.command.FileTime;
import dev.sluice.ftp.command.OnPath;
import dev.sluice.ftp.command.Verb;
import dev.sluice.ftp.listing.MlsxEntry;
import java.util.Optional;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/**
 * What the server says about one name in a reply: MLST, SIZE, MDTM, and CWD to find a directory.
 */
final class Facts {
  private Facts() {}

  /**
   * The file or directory at {@code path}, by the first way that works.
   *
   * @param otherwise the fallback for a server without SIZE, where the failure of CWD says only
   *     that there is no such directory
   */
  static Mono<FileEntry> of(
      Job job, RemotePath path, Function<FileFailure, Mono<FileAttributes>> otherwise) {
    return job.conversation()
        .choices
        .entry
        .one(
            way ->
                switch (way) {
                  case MLST -> mlst(job, path);
                  case SIZE -> probe(path, bySize(job, path));
                  case PARENT -> probe(path, byFolder(job, path, otherwise));
                });
  }

  /** What a symbolic link leads to: SIZE and MDTM, or CWD, follow it on the server. */
  static Mono<FileEntry> target(Job job, RemotePath link) {
    return probe(link, file(job, link).switchIfEmpty(folder(job, link)));
  }

  /** The root is a directory, and perhaps no command but MLST can name it. */
  private static Mono<FileEntry> probe(RemotePath path, Mono<FileAttributes> asked) {
    return (path.isRoot() ? Mono.just(FileAttributes.of(FileKind.DIRECTORY)) : asked)
        .map(attributes -> new FileEntry(path, attributes));
  }

  /** The number of octets that RETR would send in binary; empty = not known, or no file. */
  static Mono<Long> size(Job job, RemotePath path) {
    return sized(job, path)
        .map(FileAttributes::size)
        .filter(size -> size != FileAttributes.UNKNOWN);
  }

  /**
   * What a name of NLST stands for: a file or a directory. Empty = neither, where the server has
   * SIZE; where it has none, a name that is no directory is a file.
   */
  static Mono<FileEntry> classify(Job job, RemotePath path) {
    return file(job, path)
        .switchIfEmpty(
            Mono.defer(
                () ->
                    byFolder(
                        job,
                        path,
                        failure ->
                            hasSize(job)
                                ? Mono.empty()
                                : Mono.just(FileAttributes.of(FileKind.FILE)))))
        .map(attributes -> new FileEntry(path, attributes));
  }

  /** From now on this session does without {@code feature}. */
  static void refuse(Job job, String feature) {
    job.conversation().server.features = job.conversation().server.features.without(feature);
  }

  /** The number in the text of a reply; empty = it is none, or a negative one. */
  static Optional<Long> number(String text) {
    String digits = text.strip();
    return digits.matches("[0-9]{1,18}") ? Optional.of(Long.parseLong(digits)) : Optional.empty();
  }

  private static Mono<FileEntry> mlst(Job job, RemotePath path) {
    OnPath command = new OnPath(Verb.MLST, path.toString());
    return job.send(command)
        .flatMap(
            reply -> {
              if (Job.isUnknown(reply)) {
                refuse(job, "MLST");
              }
              if (reply.code() == 501) { // Apache's reply for a missing name
                return probe(path, file(job, path).switchIfEmpty(folder(job, path)));
              }
              return Job.positive(command, reply).map(good -> entry(path, good));
            });
  }

  private static FileEntry entry(RemotePath path, FtpReply reply) {
    for (String line : reply.lines().subList(1, Math.max(1, reply.lines().size() - 1))) {
      Optional<MlsxEntry> found = MlsxEntry.parse(line.stripLeading());
      if (found.isPresent()) {
        return new FileEntry(path, found.get().attributes());
      }
    }
    throw new PeerMisbehaved("no facts in the reply to MLST: " + reply.describe());
  }

  private static Mono<FileAttributes> bySize(Job job, RemotePath path) {
    return file(job, path)
        .switchIfEmpty(
            Mono.defer(
                () ->
                    hasSize(job)
                        ? folder(job, path)
                        : Mono.error(
                            new FileFailure(
                                FileError.UNSUPPORTED, path, "the server has no SIZE"))));
  }

  private static Mono<FileAttributes> byFolder(
      Job job, RemotePath path, Function<FileFailure, Mono<FileAttributes>> otherwise) {
    return folder(job, path).onErrorResume(FileFailure.class, otherwise);
  }

  private static Mono<FileAttributes> folder(Job job, RemotePath path) {
    return Mono.defer(
        () -> Folders.enter(job, path).thenReturn(FileAttributes.of(FileKind.DIRECTORY)));
  }

  /** Its size and time, asked for at once where the server takes that. */
  private static Mono<FileAttributes> file(Job job, RemotePath path) {
    return Mono.defer(
        () -> {
          if (!job.conversation().server.features.mayHave("MDTM")) {
            return sized(job, path);
          }
          if (!hasSize(job)) {
            return Mono.empty();
          }
          return job.format(TransferFormat.PLAIN)
              .then(
                  Mono.defer(
                      () ->
                          job.chain(
                              new OnPath(Verb.SIZE, path.toString()),
                              new OnPath(Verb.MDTM, path.toString()))))
              .flatMap(
                  replies ->
                      withSize(job, replies.get(0))
                          .map(
                              file ->
                                  replies.size() == 1
                                      ? file
                                      : withTime(job, file, replies.get(1))));
        });
  }

  private static boolean hasSize(Job job) {
    return job.conversation().server.features.mayHave("SIZE");
  }

  /**
   * A file by its size; empty = no file, or the server has no SIZE. A reply without a valid size,
   * such as the negative number for a file beyond 2 GiB, still means a file.
   */
  private static Mono<FileAttributes> sized(Job job, RemotePath path) {
    return Mono.defer(
        () -> {
          if (!hasSize(job)) {
            return Mono.empty();
          }
          return job.format(TransferFormat.PLAIN)
              .then(job.send(new OnPath(Verb.SIZE, path.toString())))
              .flatMap(reply -> withSize(job, reply));
        });
  }

  private static Mono<FileAttributes> withSize(Job job, FtpReply reply) {
    if (Job.isUnknown(reply)) {
      refuse(job, "SIZE");
    }
    FileAttributes file = FileAttributes.of(FileKind.FILE);
    return reply.code() == 213
        ? Mono.just(reply.find(Facts::number).map(file::withSize).orElse(file))
        : Mono.empty();
  }

  private static FileAttributes withTime(Job job, FileAttributes file, FtpReply reply) {
    if (Job.isUnknown(reply)) {
      refuse(job, "MDTM");
    }
    return reply.code() == 213
        ? file.withModified(reply.find(line -> FileTime.parse(line.strip())).orElse(null))
        : file;
  }
}
