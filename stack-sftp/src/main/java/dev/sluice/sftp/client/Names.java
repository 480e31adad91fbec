package dev.sluice.sftp.client;

import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.api.RemotePath;
import dev.sluice.sftp.SftpClientSettings;
import dev.sluice.sftp.SftpVersion;
import dev.sluice.sftp.message.OpenSshExtension;
import dev.sluice.sftp.message.PathRequest;
import dev.sluice.sftp.message.PathRequest.Plain.Kind;
import dev.sluice.sftp.message.SftpAttributes;
import java.util.List;
import reactor.core.publisher.Mono;

/** Makes, removes and changes names. */
final class Names {
  private final Requests requests;
  private final Offer offer;
  private final Quirks quirks;
  private final Diagnosis diagnosis;
  private final SftpClientSettings options;

  Names(Requests requests, Offer offer, Quirks quirks, SftpClientSettings options) {
    this.requests = requests;
    this.offer = offer;
    this.quirks = quirks;
    this.diagnosis = new Diagnosis(requests);
    this.options = options;
  }

  Mono<Void> createDirectory(RemotePath path) {
    return requests
        .status(path, id -> new PathRequest.Mkdir(id, Requests.text(path), SftpAttributes.NONE))
        .onErrorResume(FileFailure.class, e -> diagnosis.creating(e, path));
  }

  Mono<Void> deleteFile(RemotePath path) {
    return requests
        .remove(path)
        .onErrorResume(FileFailure.class, e -> diagnosis.deletingFile(e, path));
  }

  Mono<Void> deleteDirectory(RemotePath path) {
    return requests
        .plain(Kind.RMDIR, path)
        .onErrorResume(FileFailure.class, e -> diagnosis.deletingDirectory(e, path));
  }

  Mono<Void> rename(RemotePath from, RemotePath to) {
    if (to.startsWith(from) && !to.equals(from)) {
      return Mono.error(
          () -> new FileFailure(FileError.INVALID_NAME, from, "cannot move into itself"));
    }
    return Mono.defer(() -> replacing(from, to))
        .onErrorResume(FileFailure.class, e -> diagnosis.renaming(e, from, to));
  }

  /** Gives {@code from} the name {@code to}, in one step if the server can. */
  Mono<Void> replacing(RemotePath from, RemotePath to) {
    if (offer.has(OpenSshExtension.PosixRename.NAME)) {
      return requests.extension(
          from, new OpenSshExtension.PosixRename(Requests.text(from), Requests.text(to)));
    }
    if (offer.version().atLeast(SftpVersion.V5)) {
      return plain(from, to, PathRequest.Rename.OVERWRITE | PathRequest.Rename.ATOMIC)
          .onErrorResume(
              FileFailure.class,
              e ->
                  e.error() == FileError.UNSUPPORTED
                      ? plain(from, to, PathRequest.Rename.OVERWRITE)
                      : Mono.error(e));
    }
    return inTwoSteps(from, to);
  }

  /** Gives {@code from} the name {@code to} unless that is taken. */
  Mono<Void> naming(RemotePath from, RemotePath to) {
    return plain(from, to, 0);
  }

  Mono<String> readLink(RemotePath link) {
    return requests
        .name(link, id -> new PathRequest.Plain(Kind.READLINK, id, Requests.text(link)))
        .onErrorMap(
            FileFailure.class,
            e ->
                e.error() == FileError.INVALID_NAME
                    ? new FileFailure(FileError.UNSUPPORTED, link, "is no symbolic link")
                    : e);
  }

  /** Where a symbolic link leads; not every server follows links when it makes a path absolute. */
  Mono<RemotePath> target(RemotePath link) {
    return canonical(link, Requests.text(link))
        .map(RemotePath::of)
        .filter(target -> !target.equals(link))
        .switchIfEmpty(Mono.defer(() -> readLink(link).map(link.parent()::resolve)));
  }

  Mono<Void> createSymbolicLink(RemotePath link, String target) {
    return requests
        .status(
            link,
            id ->
                offer.version().atLeast(SftpVersion.V6)
                    ? link(id, Requests.text(link), target, true)
                    : new PathRequest.Symlink(id, Requests.text(link), target))
        .onErrorResume(FileFailure.class, e -> diagnosis.creating(e, link));
  }

  Mono<Void> createHardLink(RemotePath link, RemotePath existing) {
    if (!offer.hasHardLinks()) {
      return Mono.error(
          () -> new FileFailure(FileError.UNSUPPORTED, link, "the server has no hard links"));
    }
    return hardLink(link, existing)
        .onErrorResume(FileFailure.class, e -> diagnosis.creating(e, link));
  }

  /** The path that {@code path} stands for, symbolic links followed. */
  Mono<String> canonical(RemotePath asked, String path) {
    return requests.name(
        asked, id -> new PathRequest.Realpath(id, path, PathRequest.Realpath.STAT_IF, List.of()));
  }

  private Mono<Void> hardLink(RemotePath link, RemotePath existing) {
    return offer.has(OpenSshExtension.Hardlink.NAME)
        ? requests.extension(
            link, new OpenSshExtension.Hardlink(Requests.text(existing), Requests.text(link)))
        : requests.status(
            link, id -> link(id, Requests.text(link), Requests.text(existing), false));
  }

  private PathRequest.Link link(int id, String path, String target, boolean symbolic) {
    return quirks.linkTargetFirst()
        ? new PathRequest.Link(id, target, path, symbolic)
        : new PathRequest.Link(id, path, target, symbolic);
  }

  private Mono<Void> plain(RemotePath from, RemotePath to, int flags) {
    return requests.status(
        from, id -> new PathRequest.Rename(id, Requests.text(from), Requests.text(to), flags));
  }

  private Mono<Void> inTwoSteps(RemotePath from, RemotePath to) {
    return plain(from, to, 0)
        .onErrorResume(
            FileFailure.class,
            e ->
                requests
                    .lstat(to)
                    .onErrorMap(FileFailure.class, missing -> e)
                    .flatMap(there -> overExisting(from, to, there, e)));
  }

  private Mono<Void> overExisting(
      RemotePath from, RemotePath to, SftpAttributes there, FileFailure failure) {
    if (Attributes.isDirectory(there)) {
      return Mono.error(failure);
    }
    if (!options.uploads().removeThenRename()) {
      return Mono.error(
          new FileFailure(
              FileError.ALREADY_EXISTS,
              to,
              "the server has no rename that replaces; SftpUploads.withRemoveThenRename allows a gap"));
    }
    return requests.remove(to).then(Mono.defer(() -> plain(from, to, 0)));
  }
}
