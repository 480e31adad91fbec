package dev.sluice.sftp.server;

import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.api.RemotePath;
import dev.sluice.api.Space;
import dev.sluice.api.login.Accounts;
import dev.sluice.sftp.SftpServerLimits;
import dev.sluice.sftp.SftpVersion;
import dev.sluice.sftp.message.DraftExtension.SpaceAvailable;
import dev.sluice.sftp.message.DraftExtension.TranslateNames;
import dev.sluice.sftp.message.ExtensionReply;
import dev.sluice.sftp.message.ExtensionReply.AvailableSpace;
import dev.sluice.sftp.message.ExtensionReply.FileSystem;
import dev.sluice.sftp.message.ExtensionReply.Names;
import dev.sluice.sftp.message.ExtensionReply.ServerLimits;
import dev.sluice.sftp.message.OpenSshExtension.Fstatvfs;
import dev.sluice.sftp.message.OpenSshExtension.HomeDirectory;
import dev.sluice.sftp.message.OpenSshExtension.Limits;
import dev.sluice.sftp.message.OpenSshExtension.NamesById;
import dev.sluice.sftp.message.OpenSshExtension.Statvfs;
import dev.sluice.sftp.message.SftpResponse;
import dev.sluice.sftp.message.SftpResponse.Name;
import dev.sluice.sftp.message.StatusCode;
import dev.sluice.sftp.server.Handler.Admitted;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/** The requests about the server and the free space in its tree. */
final class SystemRequests {
  private static final int BLOCK = 4096;
  private static final int MAX_NAME = 255;
  private static final int WRITE_OVERHEAD = 1024;

  private SystemRequests() {}

  static Admitted statvfs(int id, Statvfs statvfs, Session session) {
    return fileSystem(id, session.resolve(statvfs.path()), session);
  }

  static Admitted fstatvfs(int id, Fstatvfs statvfs, Session session) {
    return fileSystem(id, session.handles().file(statvfs.handle()).path(), session);
  }

  static Admitted space(int id, SpaceAvailable asked, Session session) {
    RemotePath path = session.resolve(asked.path());
    return new Admitted(
        Scope.NOTHING,
        () ->
            room(path, session)
                .map(it -> new AvailableSpace(it.total(), it.free(), it.total(), it.free(), BLOCK))
                .map(it -> reply(id, it)));
  }

  static Admitted limits(int id, Limits limits, Session session) {
    SftpServerLimits own = session.options().limits();
    return now(
        reply(
            id,
            new ServerLimits(
                own.packet(), own.read(), own.packet() - WRITE_OVERHEAD, own.handles())));
  }

  /** Sends names only in UTF-8, or as they are stored; from the next request on. */
  static Admitted translate(int id, TranslateNames asked, Session session) {
    if (session.version() != SftpVersion.V6) {
      throw new Refusal(StatusCode.OP_UNSUPPORTED);
    }
    session.translateNames(asked.translate());
    return now(ServerStatus.ok(id, session.version()));
  }

  /** No other user's home is known. */
  static Admitted home(int id, HomeDirectory asked, Session session) {
    if (!asked.user().isEmpty() && !asked.user().equals(session.user().name())) {
      throw new Refusal(StatusCode.NO_SUCH_FILE);
    }
    return now(new Name(id, List.of(Name.Entry.of(session.user().home().toString())), false));
  }

  static Admitted namesById(int id, NamesById asked, Session session) {
    return now(
        reply(
            id,
            new Names(
                names(asked.users(), Accounts::userName),
                names(asked.groups(), Accounts::groupName))));
  }

  private static List<String> names(List<Long> numbers, Function<Integer, Optional<String>> known) {
    return numbers.stream().map(it -> known.apply(it.intValue()).orElse("")).toList();
  }

  private static Admitted fileSystem(int id, RemotePath path, Session session) {
    return new Admitted(
        Scope.NOTHING,
        () -> room(path, session).map(it -> reply(id, fileSystem(it, session.isWritable()))));
  }

  private static FileSystem fileSystem(Space room, boolean writable) {
    long free = room.free() / BLOCK;
    long flag = FileSystem.NO_SET_UID | (writable ? 0 : FileSystem.READ_ONLY);
    return new FileSystem(
        BLOCK, BLOCK, room.total() / BLOCK, free, free, 0, 0, 0, 0, flag, MAX_NAME);
  }

  /** The free space where a directory lies, or the directory of a file. */
  private static Mono<Space> room(RemotePath path, Session session) {
    return session
        .files()
        .space(path)
        .onErrorResume(
            failure ->
                failure instanceof FileFailure refused
                    && refused.error() == FileError.NOT_A_DIRECTORY,
            file -> session.files().space(path.parent()));
  }

  private static Admitted now(SftpResponse response) {
    return new Admitted(Scope.NOTHING, () -> Mono.just(response));
  }

  private static SftpResponse reply(int id, ExtensionReply reply) {
    return new SftpResponse.ExtendedReply(id, reply.encode());
  }
}
