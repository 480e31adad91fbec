package dev.sluice.sftp.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.RemotePath;
import dev.sluice.api.login.Identity;
import dev.sluice.api.storage.FileHandle;
import dev.sluice.api.storage.ForwardingHandle;
import dev.sluice.api.storage.ForwardingSession;
import dev.sluice.api.storage.OpenMode;
import dev.sluice.api.storage.Storage;
import dev.sluice.api.storage.StorageSession;
import dev.sluice.sftp.message.HandleRequest.Close;
import dev.sluice.sftp.message.HandleRequest.Read;
import dev.sluice.sftp.message.OpenHow;
import dev.sluice.sftp.message.OpenHow.Disposition;
import dev.sluice.sftp.message.SftpHandle;
import dev.sluice.storage.memory.MemoryStorage;
import io.netty.buffer.ByteBuf;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** A connection that breaks in the middle of requests leaves nothing open. */
final class CutSessionTest {
  private final AtomicInteger opened = new AtomicInteger();
  private final AtomicInteger closed = new AtomicInteger();
  private final Sinks.Empty<ByteBuf> disk = Sinks.empty();

  @Test
  void aCloseThatWaitsForAReadIsCarriedOut() {
    try (ServedClient client = ServedClient.of(new Slow(MemoryStorage.create()))) {
      SftpHandle file = client.open("f", OpenHow.readWriting(Disposition.CREATE_TRUNCATE));
      client.send(new Read(1, file, 0, 100));
      client.send(new Close(2, file));
      client.settle();
      assertThat(closed).hasValue(0);
    }

    assertThat(opened).hasValue(1);
    assertThat(closed).hasValue(1);
    disk.tryEmitEmpty();
  }

  private final class Slow implements Storage {
    private final Storage inner;

    Slow(Storage inner) {
      this.inner = inner;
    }

    @Override
    public Mono<StorageSession> open(Identity user) {
      return inner.open(user).map(SlowSession::new);
    }
  }

  private final class SlowSession implements ForwardingSession {
    private final StorageSession inner;

    SlowSession(StorageSession inner) {
      this.inner = inner;
    }

    @Override
    public StorageSession inner() {
      return inner;
    }

    @Override
    public Mono<FileHandle> open(RemotePath path, OpenMode mode) {
      return inner
          .open(path, mode)
          .map(SlowHandle::new)
          .doOnNext(any -> opened.incrementAndGet())
          .cast(FileHandle.class);
    }
  }

  /** Reads last until the disk answers. */
  private final class SlowHandle implements ForwardingHandle {
    private final FileHandle inner;

    SlowHandle(FileHandle inner) {
      this.inner = inner;
    }

    @Override
    public FileHandle inner() {
      return inner;
    }

    @Override
    public Mono<ByteBuf> read(long position, int length) {
      return disk.asMono();
    }

    @Override
    public Mono<Void> close() {
      return inner.close().doOnSuccess(done -> closed.incrementAndGet());
    }
  }
}
