package dev.sluice.sftp.server;

import dev.sluice.api.Capability;
import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.api.RemotePath;
import dev.sluice.sftp.message.OpenSshExtension.Hardlink;
import dev.sluice.sftp.message.PathRequest.Link;
import dev.sluice.sftp.message.PathRequest.Plain;
import dev.sluice.sftp.message.PathRequest.Symlink;
import dev.sluice.sftp.message.SftpResponse;
import dev.sluice.sftp.message.SftpResponse.Name;
import dev.sluice.sftp.message.StatusCode;
import dev.sluice.sftp.server.Handler.Admitted;
import java.util.List;

/** READLINK and what makes links. */
final class LinkRequests {
  private LinkRequests() {}

  static Admitted readlink(int id, Plain readlink, Session session) {
    RemotePath path = session.resolve(readlink.path());
    return new Admitted(
        Scope.of(path),
        () ->
            session
                .files()
                .readLink(path)
                .onErrorMap(failure -> notLink(failure, session), failure -> noLink())
                .map(target -> new Name(id, List.of(Name.Entry.of(session.shown(target))), false)));
  }

  static Admitted symlink(int id, Symlink symlink, Session session) {
    return symbolic(id, symlink.path(), symlink.target(), session);
  }

  static Admitted link(int id, Link link, Session session) {
    String path = session.isLinkReversed() ? link.target() : link.path();
    String target = session.isLinkReversed() ? link.path() : link.target();
    return link.symbolic() ? symbolic(id, path, target, session) : hard(id, path, target, session);
  }

  static Admitted hardlink(int id, Hardlink hardlink, Session session) {
    return hard(id, hardlink.link(), hardlink.existing(), session);
  }

  private static Admitted symbolic(int id, String link, String target, Session session) {
    RemotePath path = session.resolve(link);
    return new Admitted(
        Scope.ALL,
        () ->
            session
                .files()
                .createSymbolicLink(path, target)
                .thenReturn(ServerStatus.ok(id, session.version())));
  }

  private static Admitted hard(int id, String link, String existing, Session session) {
    RemotePath path = session.resolve(link);
    RemotePath file = session.resolve(existing);
    return new Admitted(
        Scope.ALL,
        () ->
            session
                .files()
                .createHardLink(path, file)
                .<SftpResponse>thenReturn(ServerStatus.ok(id, session.version())));
  }

  /** A storage that knows links says so when the name is not one. */
  private static boolean notLink(Throwable failure, Session session) {
    return session.has(Capability.SYMBOLIC_LINKS)
        && failure instanceof FileFailure refused
        && refused.error() == FileError.UNSUPPORTED;
  }

  private static Refusal noLink() {
    return new Refusal(StatusCode.FAILURE);
  }
}
