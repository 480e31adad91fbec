package dev.sluice.storage.decorate;

import dev.sluice.api.RemotePath;
import dev.sluice.api.storage.FileHandle;
import dev.sluice.api.storage.ForwardingHandle;
import dev.sluice.api.storage.ForwardingSession;
import dev.sluice.api.storage.OpenMode;
import dev.sluice.api.storage.StorageSession;
import dev.sluice.storage.decorate.ThrottledStorage.Pace;
import io.netty.buffer.ByteBuf;
import java.util.concurrent.atomic.AtomicBoolean;
import reactor.core.publisher.Mono;

/** A session whose files move no faster than they are allowed to. */
final class ThrottledSession implements ForwardingSession {
  private final StorageSession inner;
  private final Pace down;
  private final Pace up;
  private final Runnable whenClosed;
  private final AtomicBoolean closed = new AtomicBoolean();

  /**
   * A session over {@code inner}.
   *
   * @param whenClosed runs once
   */
  ThrottledSession(StorageSession inner, Pace down, Pace up, Runnable whenClosed) {
    this.inner = inner;
    this.down = down;
    this.up = up;
    this.whenClosed = whenClosed;
  }

  @Override
  public StorageSession inner() {
    return inner;
  }

  @Override
  public Mono<FileHandle> open(RemotePath file, OpenMode mode) {
    return inner.open(file, mode).map(handle -> new ThrottledHandle(handle, down, up));
  }

  @Override
  public Mono<Void> close() {
    return Mono.defer(
        () -> {
          if (closed.compareAndSet(false, true)) {
            whenClosed.run();
          }
          return inner.close();
        });
  }

  /** An open file of the session. No buffer waits: what has moved is paid before more moves. */
  record ThrottledHandle(FileHandle inner, Pace down, Pace up) implements ForwardingHandle {

    @Override
    public Mono<ByteBuf> read(long position, int length) {
      return down.due()
          .then(Mono.defer(() -> inner.read(position, Math.min(length, down.step()))))
          .doOnNext(octets -> down.moved(octets.readableBytes()));
    }

    @Override
    public Mono<Void> write(long position, ByteBuf content) {
      int octets = content.readableBytes();
      return inner.write(position, content).doOnSuccess(done -> up.moved(octets)).then(up.due());
    }
  }
}
