package dev.sluice.storage.gateway;

import dev.sluice.api.AttributeChange;
import dev.sluice.api.ByteRange;
import dev.sluice.api.Capability;
import dev.sluice.api.Discards;
import dev.sluice.api.FileAttributes;
import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.api.FileSession;
import dev.sluice.api.RemotePath;
import dev.sluice.api.WriteMode;
import dev.sluice.api.storage.FileHandle;
import io.netty.buffer.ByteBuf;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * An open file on top of streams. One call runs at a time, so the fields below need a lock only for
 * visibility; {@link #close} does not wait for its turn.
 */
final class GatewayHandle implements FileHandle {
  private final FileSession session;
  private final RemotePath file;
  private final @Nullable WriteMode mode;
  private final FileAttributes opened;
  private final Turns turns = new Turns();
  private volatile long size;
  private volatile @Nullable PulledStream reader;
  private final AtomicLong readPosition = new AtomicLong();
  private volatile @Nullable PushedStream writer;
  private final AtomicLong writePosition = new AtomicLong();
  private volatile boolean begun;
  private volatile boolean committed;
  private volatile boolean closed;

  GatewayHandle(
      FileSession session, RemotePath file, @Nullable WriteMode mode, FileAttributes opened) {
    this.session = session;
    this.file = file;
    this.mode = mode;
    this.opened = opened;
    this.size = mode instanceof WriteMode.Replace ? 0 : opened.size();
  }

  /** Answers without the session, which may be busy with the stream of this file. */
  @Override
  public Mono<FileAttributes> stat() {
    return Mono.fromSupplier(() -> opened.withSize(size));
  }

  @Override
  public Mono<ByteBuf> read(long position, int length) {
    Mono<ByteBuf> next =
        Mono.defer(
            () -> {
              checkOpen();
              return endWriting()
                  .then(Mono.defer(() -> reader(position).next(length)))
                  .doOnNext(piece -> readPosition.addAndGet(piece.readableBytes()))
                  .onErrorResume(FileFailure.class, GatewayHandle::emptyBehindTheEnd);
            });
    return Discards.released(turns.take(next));
  }

  @Override
  public Mono<Void> write(long position, ByteBuf content) {
    return Mono.defer(
        () -> {
          AtomicBoolean taken = new AtomicBoolean();
          Mono<Void> push =
              Mono.defer(
                  () -> {
                    PushedStream to = writer;
                    int octets = content.readableBytes();
                    if (to == null || !taken.compareAndSet(false, true)) {
                      return Mono.error(interrupted());
                    }
                    size = Math.max(size, writePosition.addAndGet(octets));
                    return to.push(content);
                  });
          return turns
              .take(Mono.defer(() -> beginWriting(position)).then(push))
              .doFinally(
                  signal -> {
                    if (taken.compareAndSet(false, true)) {
                      content.release();
                    }
                  });
        });
  }

  @Override
  public Mono<Void> truncate(long newSize) {
    return turns.take(
        Mono.defer(
            () ->
                endWriting()
                    .then(session.setAttributes(file, AttributeChange.none().withSize(newSize)))
                    .doOnSuccess(done -> size = newSize)));
  }

  /** Another server does not report when it forces files to its disk. */
  @Override
  public Mono<Void> sync() {
    return Mono.empty();
  }

  @Override
  public Mono<Void> commit() {
    return turns.take(
        Mono.defer(
            () -> {
              checkOpen();
              WriteMode asked = mode;
              if (asked == null || committed) {
                return Mono.empty();
              }
              if (!begun) {
                begin(asked, 0);
              }
              return finish().doOnSuccess(done -> committed = true);
            }));
  }

  @Override
  public Mono<Void> close() {
    return Mono.fromRunnable(
        () -> {
          closed = true;
          PulledStream reading = reader;
          PushedStream writing = writer;
          if (reading != null) {
            reading.cancel();
          }
          if (writing != null) {
            writing.abort();
          }
        });
  }

  private PulledStream reader(long position) {
    PulledStream current = reader;
    if (current != null && position == readPosition.get()) {
      return current;
    }
    if (position > 0 && !session.capabilities().contains(Capability.RANDOM_READ)) {
      throw jumped(position);
    }
    if (current != null) {
      current.cancel();
    }
    PulledStream next = new PulledStream();
    reader = next;
    readPosition.set(position);
    session.read(file, ByteRange.from(position)).subscribe(next);
    return next;
  }

  private Mono<Void> beginWriting(long position) {
    checkOpen();
    WriteMode asked = mode;
    if (asked == null || committed) {
      throw new FileFailure(FileError.UNSUPPORTED, file, "not open to be written");
    }
    endReading();
    if (asked instanceof WriteMode.Append) {
      if (writer == null) {
        begin(asked, size);
      }
      return Mono.empty();
    }
    if (writer != null && position == writePosition.get()) {
      return Mono.empty();
    }
    if (asked instanceof WriteMode.At) {
      return jump(position);
    }
    if (begun || position != 0) {
      throw jumped(position);
    }
    begin(asked, 0);
    return Mono.empty();
  }

  private Mono<Void> jump(long position) {
    if (position > 0 && !session.capabilities().contains(Capability.RANDOM_WRITE)) {
      throw jumped(position);
    }
    return finish().then(Mono.fromRunnable(() -> begin(WriteMode.at(position), position)));
  }

  private void begin(WriteMode with, long position) {
    PushedStream stream = new PushedStream();
    writer = stream;
    writePosition.set(position);
    begun = true;
    stream.begin(session.write(file, with, stream));
  }

  /** Ends the stream that is being written, which frees the session for other operations. */
  private Mono<Void> endWriting() {
    if (writer != null && !(mode instanceof WriteMode.At) && !(mode instanceof WriteMode.Append)) {
      return Mono.error(
          () -> new FileFailure(FileError.UNSUPPORTED, file, "is being replaced, not read"));
    }
    return finish();
  }

  private Mono<Void> finish() {
    PushedStream stream = writer;
    writer = null;
    return stream == null ? Mono.empty() : stream.finish();
  }

  private void endReading() {
    PulledStream stream = reader;
    reader = null;
    if (stream != null) {
      stream.cancel();
    }
  }

  private void checkOpen() {
    if (closed) {
      throw interrupted();
    }
  }

  private FileFailure interrupted() {
    return new FileFailure(FileError.INTERRUPTED, file, "closed while in use");
  }

  private FileFailure jumped(long position) {
    return new FileFailure(
        FileError.UNSUPPORTED, file, "the other server cannot jump to " + position);
  }

  private static Mono<ByteBuf> emptyBehindTheEnd(FileFailure refusal) {
    return refusal.error() == FileError.OUT_OF_RANGE ? Mono.empty() : Mono.error(refusal);
  }
}
