package dev.sluice.sftp.server;

import dev.sluice.api.Discards;
import dev.sluice.api.RemotePath;
import dev.sluice.api.WriteMode;
import dev.sluice.api.storage.FileHandle;
import dev.sluice.api.storage.OpenMode;
import dev.sluice.api.storage.StorageSession;
import dev.sluice.sftp.SftpVersion;
import dev.sluice.sftp.message.DraftExtension.CopyFile;
import dev.sluice.sftp.message.OpenSshExtension.CopyData;
import dev.sluice.sftp.message.StatusCode;
import dev.sluice.sftp.server.Handler.Admitted;
import io.netty.buffer.ByteBuf;
import java.util.concurrent.atomic.AtomicLong;
import reactor.core.publisher.Mono;

/** Copies inside the tree, at the same time as other requests. */
final class CopyRequests {
  private static final int PIECE = 256 * 1024;

  private CopyRequests() {}

  static Admitted copyData(int id, CopyData copy, Session session) {
    OpenFile from = session.handles().file(copy.from());
    OpenFile to = session.handles().file(copy.to());
    if (!from.how().reads() || !to.how().writes()) {
      throw new Refusal(StatusCode.PERMISSION_DENIED);
    }
    if (from == to || from.path().equals(to.path())) {
      throw ontoItself(session);
    }
    long most = Long.MAX_VALUE - Math.max(copy.fromOffset(), copy.toOffset());
    long length = copy.length() == 0 ? most : copy.length();
    if (length > most) {
      throw new Refusal(StatusCode.INVALID_PARAMETER);
    }
    return new Admitted(
        Scope.of(from.path(), to.path()),
        () ->
            session
                .whileOpen(
                    different(from.handle(), to.handle(), session)
                        .then(
                            copied(
                                from.handle(),
                                copy.fromOffset(),
                                to.handle(),
                                copy.toOffset(),
                                length)))
                .thenReturn(ServerStatus.ok(id, session.version())));
  }

  /** Two paths may lead to one file by a link: copying it onto itself would have no end. */
  private static Mono<Void> different(FileHandle from, FileHandle to, Session session) {
    return Mono.zip(from.stat(), to.stat())
        .flatMap(
            both -> {
              String identity = both.getT1().identity();
              return identity != null && identity.equals(both.getT2().identity())
                  ? Mono.error(ontoItself(session))
                  : Mono.empty();
            });
  }

  private static Refusal ontoItself(Session session) {
    boolean fine = session.version() == SftpVersion.V6;
    return new Refusal(fine ? StatusCode.INVALID_PARAMETER : StatusCode.FAILURE);
  }

  static Admitted copyFile(int id, CopyFile copy, Session session) {
    RemotePath from = session.resolve(copy.from());
    RemotePath to = session.resolve(copy.to());
    StorageSession files = session.files();
    return new Admitted(
        Scope.of(from, to),
        () ->
            session
                .whileOpen(copy.overwrite() ? files.copy(from, to) : copiedAnew(from, to, files))
                .thenReturn(ServerStatus.ok(id, session.version())));
  }

  /** Copies to a name that must still be free when the copy is complete. */
  private static Mono<Void> copiedAnew(RemotePath from, RemotePath to, StorageSession files) {
    return Mono.usingWhen(
        files.open(from, OpenMode.READ),
        source ->
            Mono.usingWhen(
                files.open(to, OpenMode.write(WriteMode.createNew())),
                target -> copied(source, 0, target, 0, Long.MAX_VALUE).then(target.commit()),
                FileHandle::close),
        FileHandle::close);
  }

  private static Mono<Long> copied(
      FileHandle from, long fromOffset, FileHandle to, long toOffset, long length) {
    AtomicLong done = new AtomicLong();
    Mono<Integer> piece =
        Mono.defer(
            () -> {
              int wanted = (int) Math.min(PIECE, length - done.get());
              return wanted == 0
                  ? Mono.just(0)
                  : Discards.released(from.read(fromOffset + done.get(), wanted))
                      .flatMap(octets -> write(to, toOffset + done.get(), octets))
                      .doOnNext(done::addAndGet)
                      .defaultIfEmpty(0);
            });
    return piece.repeat().takeUntil(moved -> moved == 0).then(Mono.fromSupplier(done::get));
  }

  private static Mono<Integer> write(FileHandle to, long position, ByteBuf octets) {
    int length = octets.readableBytes();
    return to.write(position, octets).thenReturn(length);
  }
}
