package dev.sluice.sftp.server;

import dev.sluice.api.Discards;
import dev.sluice.api.RemotePath;
import dev.sluice.sftp.message.DraftExtension.CopyFile;
import dev.sluice.sftp.message.OpenSshExtension.CopyData;
import dev.sluice.sftp.message.SftpVersion;
import dev.sluice.sftp.message.StatusCode;
import dev.sluice.sftp.server.Handler.Admitted;
import io.netty.buffer.ByteBuf;
import java.util.concurrent.atomic.AtomicLong;
import reactor.core.publisher.Mono;

/** Copies inside the tree, beside other requests. */
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
      boolean fine = session.version() == SftpVersion.V6;
      throw new Refusal(fine ? StatusCode.INVALID_PARAMETER : StatusCode.FAILURE);
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
                .whileOpen(copied(from, to, copy, length))
                .thenReturn(ServerStatus.ok(id, session.version())));
  }

  static Admitted copyFile(int id, CopyFile copy, Session session) {
    RemotePath from = session.resolve(copy.from());
    RemotePath to = session.resolve(copy.to());
    Mono<Void> free = copy.overwrite() ? Mono.empty() : PathRequests.free(to, session);
    return new Admitted(
        Scope.of(from, to),
        () ->
            session
                .whileOpen(free.then(Mono.defer(() -> session.files().copy(from, to))))
                .thenReturn(ServerStatus.ok(id, session.version())));
  }

  private static Mono<Long> copied(OpenFile from, OpenFile to, CopyData copy, long length) {
    AtomicLong done = new AtomicLong();
    Mono<Integer> piece =
        Mono.defer(
            () -> {
              int wanted = (int) Math.min(PIECE, length - done.get());
              return wanted == 0
                  ? Mono.just(0)
                  : Discards.released(from.handle().read(copy.fromOffset() + done.get(), wanted))
                      .flatMap(octets -> write(to, copy.toOffset() + done.get(), octets))
                      .doOnNext(done::addAndGet)
                      .defaultIfEmpty(0);
            });
    return piece.repeat().takeUntil(moved -> moved == 0).then(Mono.fromSupplier(done::get));
  }

  private static Mono<Integer> write(OpenFile to, long position, ByteBuf octets) {
    int length = octets.readableBytes();
    return to.handle().write(position, octets).thenReturn(length);
  }
}
