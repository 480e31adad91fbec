package dev.sluice.sftp.server;

import dev.sluice.api.AttributeChange;
import dev.sluice.api.FileAttributes;
import dev.sluice.api.FileEntry;
import dev.sluice.api.FileKind;
import dev.sluice.api.RemotePath;
import dev.sluice.sftp.SftpVersion;
import dev.sluice.sftp.message.HandleRequest.Readdir;
import dev.sluice.sftp.message.PathRequest.Mkdir;
import dev.sluice.sftp.message.PathRequest.Plain;
import dev.sluice.sftp.message.SftpAttributes;
import dev.sluice.sftp.message.SftpResponse;
import dev.sluice.sftp.message.SftpResponse.Name;
import dev.sluice.sftp.message.StatusCode;
import dev.sluice.sftp.server.Handler.Admitted;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** OPENDIR, READDIR, MKDIR and RMDIR. */
final class DirectoryRequests {
  private static final int SETTABLE = 0777;
  private static final int MAX_NAMES_OCTETS = 32 * 1024;
  private static final int ENTRY_OCTETS = 160; // attributes, lengths and the columns of longname

  private DirectoryRequests() {}

  static Admitted opendir(int id, Plain opendir, Session session) {
    session.handles().checkRoom();
    RemotePath path = session.resolve(opendir.path());
    return new Admitted(
        Scope.of(path),
        () ->
            opened(path, session)
                .publishOn(session.scheduler())
                .map(it -> new SftpResponse.Handle(id, session.handles().add(it))));
  }

  static Admitted readdir(int id, Readdir readdir, Session session) {
    OpenDirectory directory = session.handles().directory(readdir.handle());
    return new Admitted(
        directory.scope(),
        () -> directory.fill().then(Mono.fromSupplier(() -> names(id, directory, session))));
  }

  static Admitted mkdir(int id, Mkdir mkdir, Session session) {
    RemotePath path = session.resolve(mkdir.path());
    return new Admitted(
        Scope.ALL,
        () ->
            session
                .files()
                .createDirectory(path)
                .then(Mono.defer(() -> permit(path, mkdir.attributes().permissions(), session)))
                .thenReturn(ServerStatus.ok(id, session.version())));
  }

  static Admitted rmdir(int id, Plain rmdir, Session session) {
    if (isItself(rmdir.path())) {
      throw new Refusal(StatusCode.INVALID_FILENAME);
    }
    RemotePath path = session.resolve(rmdir.path());
    return new Admitted(
        Scope.ALL,
        () ->
            session
                .files()
                .deleteDirectory(path)
                .thenReturn(ServerStatus.ok(id, session.version())));
  }

  /** {@code x/.} names a directory from inside, which rmdir(2) refuses. */
  private static boolean isItself(String path) {
    return path.equals(".") || path.endsWith("/.");
  }

  /** A user who may make a directory is not necessarily allowed to change one. */
  private static Mono<Void> permit(RemotePath path, @Nullable Integer asked, Session session) {
    if (asked == null || (asked & SETTABLE) == SETTABLE) {
      return Mono.empty();
    }
    int umask = session.version() == SftpVersion.V6 ? 0 : session.options().uploads().umask();
    AttributeChange change = AttributeChange.none().withPermissions(asked & SETTABLE & ~umask);
    return session.files().setAttributes(path, change).onErrorComplete();
  }

  private static Mono<OpenDirectory> opened(RemotePath path, Session session) {
    Mono<FileEntry> self = session.files().stat(path).doOnNext(DirectoryRequests::check);
    return self.flatMap(
        here ->
            session
                .files()
                .stat(path.parent())
                .onErrorReturn(new FileEntry(path.parent(), FileAttributes.of(FileKind.DIRECTORY)))
                .flatMap(
                    above -> {
                      OpenDirectory directory =
                          new OpenDirectory(
                              session.files().list(path), here.attributes(), above.attributes());
                      return directory.fill().thenReturn(directory);
                    }));
  }

  private static void check(FileEntry entry) {
    if (!entry.attributes().isDirectory()) {
      throw new Refusal(StatusCode.NOT_A_DIRECTORY);
    }
  }

  private static Name.Entry entry(OpenDirectory.Listed listed, String longname, Session session) {
    SftpAttributes attributes = Attributes.of(listed.attributes(), session.version());
    String shown = session.shown(listed.name());
    return new Name.Entry(
        shown,
        longname,
        shown.equals(listed.name())
            ? attributes
            : attributes.withDetails(attributes.details().withUntranslatedName(listed.name())));
  }

  private static SftpResponse names(int id, OpenDirectory directory, Session session) {
    SftpVersion version = session.version();
    Instant now = Instant.now();
    List<Name.Entry> names = new ArrayList<>();
    int octets = 0;
    for (OpenDirectory.Listed next = directory.peek();
        next != null && names.size() < OpenDirectory.BATCH;
        next = directory.peek()) {
      String longname =
          version == SftpVersion.V3 ? LongName.of(next.name(), next.attributes(), now) : "";
      octets += ENTRY_OCTETS + 3 * next.name().length() + 3 * longname.length();
      if (octets > MAX_NAMES_OCTETS && !names.isEmpty()) {
        break;
      }
      names.add(entry(next, longname, session));
      directory.drop();
    }
    return names.isEmpty()
        ? ServerStatus.of(id, StatusCode.EOF, version)
        : new Name(id, names, false);
  }
}
