package dev.sluice.ftp.client;

import dev.sluice.api.FileAttributes;
import dev.sluice.api.FileEntry;
import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.api.FileKind;
import dev.sluice.api.PeerMisbehaved;
import dev.sluice.api.RemotePath;
import dev.sluice.ftp.FtpMeans;
import dev.sluice.ftp.FtpReply;
import dev.sluice.ftp.TransferFormat;
import dev.sluice.ftp.command.FileTime;
import dev.sluice.ftp.command.OnPath;
import dev.sluice.ftp.command.Verb;
import dev.sluice.ftp.listing.MlsxEntry;
import java.util.Optional;
import reactor.core.publisher.Mono;

/** What stands behind one name: MLST, else SIZE and MDTM, else CWD to find a directory. */
final class Entries {
  private Entries() {}

  static Mono<FileEntry> stat(Job job, RemotePath path) {
    return Mono.defer(
        () -> {
          Conversation conversation = job.conversation();
          boolean facts =
              conversation.features.mayHave("MLST")
                  && !conversation.options.avoided().contains(FtpMeans.MLSD);
          return facts ? mlst(job, path) : probe(job, path);
        });
  }

  /** The size in octets of what RETR would send in binary; empty = not known, or no file. */
  static Mono<Long> size(Job job, RemotePath path) {
    return sized(job, path)
        .map(FileAttributes::size)
        .filter(size -> size != FileAttributes.UNKNOWN);
  }

  /**
   * A file by its size; empty = no file, or the server has no SIZE. Where the answer is no size, as
   * the negative one of a file beyond 2 GiB, it is a file all the same.
   */
  private static Mono<FileAttributes> sized(Job job, RemotePath path) {
    return Mono.defer(
        () -> {
          if (!job.conversation().features.mayHave("SIZE")) {
            return Mono.empty();
          }
          return job.format(TransferFormat.PLAIN)
              .then(job.send(new OnPath(Verb.SIZE, path.toString())))
              .flatMap(
                  reply -> {
                    if (Job.isUnknown(reply)) {
                      refuse(job, "SIZE");
                    }
                    FileAttributes file = FileAttributes.of(FileKind.FILE);
                    return reply.code() == 213
                        ? Mono.just(reply.find(Entries::number).map(file::withSize).orElse(file))
                        : Mono.empty();
                  });
        });
  }

  /** Whether anything has this name. */
  static Mono<Boolean> exists(Job job, RemotePath path) {
    return stat(job, path)
        .thenReturn(true)
        .onErrorResume(
            FileFailure.class,
            failure ->
                failure.error() == FileError.NOT_FOUND ? Mono.just(false) : Mono.error(failure));
  }

  private static Mono<FileEntry> mlst(Job job, RemotePath path) {
    OnPath command = new OnPath(Verb.MLST, path.toString());
    return job.send(command)
        .flatMap(
            reply -> {
              if (Job.isUnknown(reply)) {
                refuse(job, "MLST");
                return probe(job, path);
              }
              if (reply.code() == 501) {
                return probe(job, path); // so Apache calls a name that is missing
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

  private static Mono<FileEntry> probe(Job job, RemotePath path) {
    if (path.isRoot()) {
      return Mono.just(new FileEntry(path, FileAttributes.of(FileKind.DIRECTORY)));
    }
    return sized(job, path)
        .flatMap(file -> withTime(job, path, file))
        .switchIfEmpty(Mono.defer(() -> directory(job, path)))
        .map(attributes -> new FileEntry(path, attributes));
  }

  private static Mono<FileAttributes> directory(Job job, RemotePath path) {
    return Folders.enter(job, path)
        .thenReturn(FileAttributes.of(FileKind.DIRECTORY))
        .onErrorResume(
            FileFailure.class,
            failure ->
                job.conversation().features.mayHave("SIZE")
                    ? Mono.error(failure)
                    : fromParent(job, path));
  }

  /**
   * What a name of NLST stands for: a file or a directory. Empty = neither, where the server has
   * SIZE; where it has none, a name that is no directory is a file.
   */
  static Mono<FileEntry> classify(Job job, RemotePath path) {
    return sized(job, path)
        .flatMap(file -> withTime(job, path, file))
        .switchIfEmpty(
            Mono.defer(
                () ->
                    Folders.enter(job, path)
                        .thenReturn(FileAttributes.of(FileKind.DIRECTORY))
                        .onErrorResume(
                            FileFailure.class,
                            failure ->
                                job.conversation().features.mayHave("SIZE")
                                    ? Mono.empty()
                                    : Mono.just(FileAttributes.of(FileKind.FILE)))))
        .map(attributes -> new FileEntry(path, attributes));
  }

  /** Where the server tells no size, only a listing of the parent knows the file. */
  private static Mono<FileAttributes> fromParent(Job job, RemotePath path) {
    return Listings.list(job, path.parent())
        .filter(entry -> entry.path().equals(path))
        .next()
        .map(FileEntry::attributes)
        .switchIfEmpty(
            Mono.error(
                () -> new FileFailure(FileError.NOT_FOUND, path, "no such name in a listing")));
  }

  private static Mono<FileAttributes> withTime(
      Job job, RemotePath path, FileAttributes attributes) {
    if (!job.conversation().features.mayHave("MDTM")) {
      return Mono.just(attributes);
    }
    return job.send(new OnPath(Verb.MDTM, path.toString()))
        .map(
            reply -> {
              if (Job.isUnknown(reply)) {
                refuse(job, "MDTM");
              }
              return reply.code() == 213
                  ? attributes.withModified(
                      reply.find(line -> FileTime.parse(line.strip())).orElse(null))
                  : attributes;
            });
  }

  static void refuse(Job job, String feature) {
    job.conversation().features = job.conversation().features.without(feature);
  }

  static Optional<Long> number(String text) {
    String digits = text.strip();
    return digits.matches("[0-9]{1,18}") ? Optional.of(Long.parseLong(digits)) : Optional.empty();
  }
}
