package dev.sluice.sftp.server;

import dev.sluice.api.AttributeChange;
import dev.sluice.api.observe.Outcome;
import dev.sluice.api.observe.TransferRef.Direction;
import dev.sluice.sftp.message.HandleRequest.Close;
import dev.sluice.sftp.message.HandleRequest.Fsetstat;
import dev.sluice.sftp.message.HandleRequest.Fstat;
import dev.sluice.sftp.message.OpenSshExtension.Fsync;
import dev.sluice.sftp.message.PathRequest.Open;
import dev.sluice.sftp.message.SftpHandle;
import dev.sluice.sftp.message.SftpResponse;
import dev.sluice.sftp.message.StatusCode;
import dev.sluice.sftp.server.Handler.Admitted;
import reactor.core.publisher.Mono;

/** OPEN, CLOSE and the requests about an open file other than for its octets. */
final class FileRequests {
  private FileRequests() {}

  static Admitted open(int id, Open open, Session session) {
    session.handles().checkRoom();
    Opening opening = Opening.of(open, session);
    return new Admitted(
        Scope.of(opening.path()),
        () ->
            opening
                .open()
                .publishOn(session.scheduler())
                .flatMap(file -> admit(id, file, session)));
  }

  /** The name of the handle ends here: later requests do not find it. */
  static Admitted close(int id, Close close, Session session) {
    OpenHandle handle = session.handles().remove(close.handle());
    return new Admitted(
        handle.scope(),
        () ->
            Mono.defer(
                    () -> {
                      session.handles().isClosing(handle);
                      return handle instanceof OpenFile file
                          ? closed(file, session)
                          : handle.abandon();
                    })
                .thenReturn(ServerStatus.ok(id, session.version())));
  }

  static Admitted fstat(int id, Fstat fstat, Session session) {
    OpenFile file = session.handles().file(fstat.handle());
    return new Admitted(
        file.scope(),
        () ->
            file.handle()
                .stat()
                .map(it -> new SftpResponse.Attrs(id, Attributes.of(it, session.version()))));
  }

  static Admitted fsetstat(int id, Fsetstat set, Session session) {
    OpenFile file = session.handles().file(set.handle());
    Attributes.check(set.attributes(), session);
    AttributeChange change = Attributes.change(set.attributes());
    if (change.size() != null && !file.how().writes()) {
      throw new Refusal(StatusCode.PERMISSION_DENIED);
    }
    return new Admitted(
        file.scope(),
        () -> file.change(change, session).thenReturn(ServerStatus.ok(id, session.version())));
  }

  static Admitted fsync(int id, Fsync fsync, Session session) {
    OpenFile file = session.handles().file(fsync.handle());
    return new Admitted(
        file.scope(),
        () -> file.handle().sync().thenReturn(ServerStatus.ok(id, session.version())));
  }

  private static Mono<SftpResponse> admit(int id, OpenFile file, Session session) {
    try {
      SftpHandle handle = session.handles().add(file);
      if (file.isFresh()) {
        file.begun(Direction.RECEIVED, session);
      }
      if (file.how().writes()) {
        session.expectBulk(); // so that this leaves with the handle, before the first WRITE
      }
      return Mono.just(new SftpResponse.Handle(id, handle));
    } catch (Refusal e) {
      return file.abandon().then(Mono.error(e));
    }
  }

  /**
   * The end of the transfer is reported where the storage has ended it: the thread of a session
   * that has ended meanwhile may take no more work.
   */
  private static Mono<Void> closed(OpenFile file, Session session) {
    return session.closing(
        file.close(session)
            .doOnSuccess(done -> file.ended(Outcome.COMPLETE))
            .doOnError(e -> file.ended(Outcome.failed(e))));
  }
}
