package dev.sluice.sftp.server;

import dev.sluice.api.AttributeChange;
import dev.sluice.api.Capability;
import dev.sluice.api.FileEntry;
import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.api.FileKind;
import dev.sluice.api.RemotePath;
import dev.sluice.sftp.message.OpenSshExtension.Lsetstat;
import dev.sluice.sftp.message.OpenSshExtension.PosixRename;
import dev.sluice.sftp.message.PathRequest.Lstat;
import dev.sluice.sftp.message.PathRequest.Plain;
import dev.sluice.sftp.message.PathRequest.Rename;
import dev.sluice.sftp.message.PathRequest.Setstat;
import dev.sluice.sftp.message.PathRequest.Stat;
import dev.sluice.sftp.message.SftpAttributes;
import dev.sluice.sftp.message.SftpResponse;
import dev.sluice.sftp.message.StatusCode;
import dev.sluice.sftp.server.Handler.Admitted;
import reactor.core.publisher.Mono;

/** The requests about names: attributes, REMOVE and RENAME. */
final class PathRequests {
  private PathRequests() {}

  static Admitted stat(int id, Stat stat, Session session) {
    RemotePath path = session.resolve(stat.path());
    return new Admitted(
        Scope.of(path), () -> session.files().stat(path).map(it -> attrs(id, it, session)));
  }

  static Admitted lstat(int id, Lstat lstat, Session session) {
    RemotePath path = session.resolve(lstat.path());
    return new Admitted(
        Scope.of(path), () -> session.files().lstat(path).map(it -> attrs(id, it, session)));
  }

  static Admitted setstat(int id, Setstat setstat, Session session) {
    RemotePath path = session.resolve(setstat.path());
    AttributeChange change = change(setstat.attributes(), session);
    return new Admitted(
        Scope.of(path),
        () ->
            Settings.apply(path, change, session)
                .thenReturn(ServerStatus.ok(id, session.version())));
  }

  /** Sets on a link itself those attributes that its storage can keep. */
  static Admitted lsetstat(int id, Lsetstat lsetstat, Session session) {
    RemotePath path = session.resolve(lsetstat.path());
    AttributeChange change = change(lsetstat.attributes(), session);
    if (change.size() != null) {
      throw new Refusal(StatusCode.BAD_MESSAGE);
    }
    return new Admitted(
        Scope.of(path),
        () ->
            session
                .files()
                .lstat(path)
                .flatMap(
                    entry ->
                        entry.kind() == FileKind.SYMBOLIC_LINK
                            ? session.files().setLinkAttributes(path, change)
                            : Settings.apply(path, change, session))
                .thenReturn(ServerStatus.ok(id, session.version())));
  }

  static Admitted remove(int id, Plain remove, Session session) {
    RemotePath path = session.resolve(remove.path());
    return new Admitted(
        Scope.of(path),
        () -> session.files().deleteFile(path).thenReturn(ServerStatus.ok(id, session.version())));
  }

  /**
   * Up to version 4, a name that is taken is refused; later versions let the client decide.
   * Replacing in one step implies replacing (draft-ietf-secsh-filexfer-13 section 8.3); NATIVE is a
   * hint, and not followed.
   */
  static Admitted rename(int id, Rename rename, Session session) {
    RemotePath from = session.resolve(rename.path());
    RemotePath to = session.resolve(rename.to());
    boolean atomic = (rename.flags() & Rename.ATOMIC) != 0;
    if (atomic && !session.has(Capability.ATOMIC_REPLACE)) {
      throw new Refusal(StatusCode.OP_UNSUPPORTED);
    }
    boolean replace = atomic || (rename.flags() & Rename.OVERWRITE) != 0;
    return new Admitted(
        Scope.ALL,
        () -> {
          Mono<Void> renamed =
              replace ? session.files().rename(from, to) : session.files().renameToFree(from, to);
          return moved(from, to, renamed, session)
              .thenReturn(ServerStatus.ok(id, session.version()));
        });
  }

  static Admitted posixRename(int id, PosixRename rename, Session session) {
    RemotePath from = session.resolve(rename.from());
    RemotePath to = session.resolve(rename.to());
    return new Admitted(
        Scope.ALL,
        () ->
            moved(from, to, session.files().rename(from, to), session)
                .thenReturn(ServerStatus.ok(id, session.version())));
  }

  static boolean isMissing(Throwable failure) {
    return failure instanceof FileFailure refused && refused.error() == FileError.NOT_FOUND;
  }

  private static Mono<Void> moved(
      RemotePath from, RemotePath to, Mono<Void> renamed, Session session) {
    return renamed
        .publishOn(session.scheduler())
        .doOnSuccess(done -> session.handles().renamed(from, to));
  }

  private static AttributeChange change(SftpAttributes asked, Session session) {
    Attributes.check(asked, session);
    return Attributes.change(asked);
  }

  private static SftpResponse attrs(int id, FileEntry entry, Session session) {
    return new SftpResponse.Attrs(id, Attributes.of(entry.attributes(), session.version()));
  }
}
