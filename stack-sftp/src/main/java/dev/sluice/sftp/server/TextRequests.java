package dev.sluice.sftp.server;

import dev.sluice.api.Discards;
import dev.sluice.api.observe.TransferRef.Direction;
import dev.sluice.sftp.message.DraftExtension.TextSeek;
import dev.sluice.sftp.message.HandleRequest.Read;
import dev.sluice.sftp.message.HandleRequest.Write;
import dev.sluice.sftp.message.SftpResponse;
import dev.sluice.sftp.message.StatusCode;
import dev.sluice.sftp.server.Handler.Admitted;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import reactor.core.publisher.Mono;

/**
 * READ, WRITE and text-seek of a file that was opened as text (draft-ietf-secsh-filexfer-04 section
 * 6.3, -13 section 5.3): offsets are ignored, and each request continues where the previous one
 * ended. Lines end on the wire as the server has announced, which is how they end in its files:
 * octets are not changed.
 */
final class TextRequests {
  private static final int PIECE = 64 * 1024;

  private TextRequests() {}

  static Admitted read(Read read, OpenFile file, Session session) {
    int length = (int) Math.min(read.length(), PIECE);
    return new Admitted(
        file.scope(),
        () ->
            length == 0
                ? Mono.just(new SftpResponse.Data(read.id(), Unpooled.EMPTY_BUFFER, false))
                : next(file, length, session)
                    .map(octets -> new SftpResponse.Data(read.id(), octets, false)));
  }

  /** Takes the data of the request. */
  static Admitted write(Write write, OpenFile file, Session session) {
    return new Admitted(
        file.scope(),
        () -> {
          long position = file.position();
          file.begun(Direction.RECEIVED, session);
          int length = write.data().readableBytes();
          return file.handle()
              .write(position, write.data())
              .publishOn(session.scheduler())
              .doOnError(file::writeFailed)
              .doOnSuccess(done -> file.moved(length))
              .doOnSuccess(done -> file.moveTo(position + length))
              .thenReturn(ServerStatus.ok(write.id(), session.version()));
        });
  }

  static Admitted seek(int id, TextSeek seek, Session session) {
    OpenFile file = session.handles().file(seek.handle());
    if (!file.isText()) {
      throw new Refusal(StatusCode.INVALID_PARAMETER);
    }
    if (!file.how().reads()) {
      throw new Refusal(StatusCode.PERMISSION_DENIED);
    }
    if (seek.line() < 0) {
      throw new Refusal(StatusCode.EOF);
    }
    return new Admitted(
        file.scope(),
        () ->
            session
                .whileOpen(new Search(file, seek.line()).run())
                .publishOn(session.scheduler())
                .doOnNext(file::moveTo)
                .map(found -> ServerStatus.ok(id, session.version())));
  }

  private static Mono<ByteBuf> next(OpenFile file, int length, Session session) {
    file.begun(Direction.SENT, session);
    return Discards.released(
            file.handle()
                .read(file.position(), length)
                .publishOn(session.scheduler())
                .filter(ByteBuf::isReadable))
        .doOnNext(octets -> file.moved(octets.readableBytes()))
        .doOnNext(octets -> file.moveTo(file.position() + octets.readableBytes()))
        .switchIfEmpty(Mono.error(() -> new Refusal(StatusCode.EOF)));
  }

  /** Looks for the start of a line from the start of the file. */
  private static final class Search {
    private final OpenFile file;
    private long linesLeft;
    private long position;

    Search(OpenFile file, long line) {
      this.file = file;
      this.linesLeft = line;
    }

    /** Where the line begins; EOF when there are fewer. */
    Mono<Long> run() {
      return Mono.defer(this::look)
          .repeat()
          .takeUntil(more -> !more)
          .then(Mono.fromSupplier(() -> position));
    }

    /** Searches the next piece; returns whether more must be read. */
    private Mono<Boolean> look() {
      return linesLeft == 0
          ? Mono.just(false)
          : Discards.released(file.handle().read(position, PIECE))
              .map(this::pass)
              .switchIfEmpty(Mono.error(() -> new Refusal(StatusCode.EOF)));
    }

    private boolean pass(ByteBuf octets) {
      try {
        if (!octets.isReadable()) {
          throw new Refusal(StatusCode.EOF);
        }
        while (linesLeft > 0) {
          int before = octets.bytesBefore((byte) '\n');
          int passed = before < 0 ? octets.readableBytes() : before + 1;
          octets.skipBytes(passed);
          position += passed;
          if (before < 0) {
            return true;
          }
          linesLeft--;
        }
        return false;
      } finally {
        octets.release();
      }
    }
  }
}
