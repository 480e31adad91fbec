package dev.sluice.sftp.server;

import dev.sluice.api.Capability;
import dev.sluice.api.FileEntry;
import dev.sluice.api.RemotePath;
import dev.sluice.sftp.SftpVersion;
import dev.sluice.sftp.message.OpenSshExtension.ExpandPath;
import dev.sluice.sftp.message.PathRequest.Realpath;
import dev.sluice.sftp.message.SftpAttributes;
import dev.sluice.sftp.message.SftpResponse;
import dev.sluice.sftp.message.SftpResponse.Name;
import dev.sluice.sftp.message.StatusCode;
import dev.sluice.sftp.server.Handler.Admitted;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import reactor.core.publisher.Mono;

/**
 * REALPATH and expand-path@openssh.com. A path is walked name by name, since the text of a link
 * says where it leads inside the tree, and never where the tree is.
 */
final class RealPathRequests {
  private static final int MAX_LINKS = 40;

  private RealPathRequests() {}

  static Admitted realpath(int id, Realpath realpath, Session session) {
    RemotePath path = session.resolve(realpath.path());
    for (String part : realpath.compose()) {
      path = path.resolve(part);
    }
    RemotePath asked = path;
    boolean textual = session.version() == SftpVersion.V6;
    return new Admitted(
        Scope.of(asked),
        () ->
            textual
                ? checked(id, asked, realpath.control(), session)
                : resolved(asked, session).map(it -> name(id, it, session)));
  }

  /** {@code ~} stands for the user's home; no other user's home is known. */
  static Admitted expandPath(int id, ExpandPath expand, Session session) {
    String text = expand.path();
    RemotePath path;
    if (text.startsWith("~")) {
      int slash = text.indexOf('/');
      String user = text.substring(1, slash < 0 ? text.length() : slash);
      if (!user.isEmpty() && !user.equals(session.user().name())) {
        throw new Refusal(StatusCode.NO_SUCH_FILE);
      }
      path = session.resolve(slash < 0 ? "" : text.substring(slash + 1));
    } else {
      path = session.resolve(text);
    }
    return new Admitted(
        Scope.of(path), () -> resolved(path, session).map(it -> name(id, it, session)));
  }

  /** Version 6 checks the path, and resolves links, only on request. */
  private static Mono<SftpResponse> checked(int id, RemotePath path, int control, Session session) {
    SftpResponse plain = name(id, path, session);
    if (control != Realpath.STAT_IF && control != Realpath.STAT_ALWAYS) {
      return Mono.just(plain);
    }
    Mono<SftpResponse> found =
        resolved(path, session)
            .flatMap(real -> session.files().stat(real))
            .map(it -> name(id, it, session));
    return control == Realpath.STAT_IF ? found.onErrorReturn(plain) : found;
  }

  private static Mono<RemotePath> resolved(RemotePath path, Session session) {
    if (path.isRoot() || path.equals(session.user().home())) {
      return Mono.just(path);
    }
    return session.has(Capability.SYMBOLIC_LINKS)
        ? walk(RemotePath.root(), new ArrayDeque<>(path.names()), MAX_LINKS, session)
        : exists(path, session);
  }

  /** A path whose last name may be missing. */
  private static Mono<RemotePath> exists(RemotePath path, Session session) {
    return session
        .files()
        .lstat(path)
        .onErrorResume(PathRequests::isMissing, missing -> session.files().stat(path.parent()))
        .thenReturn(path);
  }

  private static Mono<RemotePath> walk(
      RemotePath here, Deque<String> names, int links, Session session) {
    if (names.isEmpty()) {
      return Mono.just(here);
    }
    RemotePath next = here.child(names.remove());
    return session
        .files()
        .lstat(next)
        .map(FileEntry::attributes)
        .flatMap(
            found ->
                found.isSymbolicLink()
                    ? follow(here, next, names, links, session)
                    : walk(next, names, links, session))
        .onErrorResume(
            failure -> PathRequests.isMissing(failure) && names.isEmpty(),
            missing -> Mono.just(next));
  }

  private static Mono<RemotePath> follow(
      RemotePath here, RemotePath link, Deque<String> names, int links, Session session) {
    if (links == 0) {
      return Mono.error(new Refusal(StatusCode.LINK_LOOP));
    }
    return session
        .files()
        .readLink(link)
        .flatMap(
            target -> {
              Deque<String> on = new ArrayDeque<>(here.resolve(target).names());
              on.addAll(names);
              return walk(RemotePath.root(), on, links - 1, session);
            });
  }

  private static SftpResponse name(int id, RemotePath path, Session session) {
    return new Name(id, List.of(Name.Entry.of(session.shown(path.toString()))), false);
  }

  private static SftpResponse name(int id, FileEntry entry, Session session) {
    SftpAttributes attributes = Attributes.of(entry.attributes(), session.version());
    String path = session.shown(entry.path().toString());
    return new Name(id, List.of(new Name.Entry(path, path, attributes)), false);
  }
}
