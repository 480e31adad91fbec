package dev.sluice.storage.local;

import dev.sluice.api.ByteRange;
import dev.sluice.api.ReadOptions;
import dev.sluice.api.RemotePath;
import dev.sluice.api.login.Identity;
import dev.sluice.api.storage.StorageSession;
import dev.sluice.test.TckRules;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.reactivestreams.Publisher;
import org.reactivestreams.tck.PublisherVerification;
import org.reactivestreams.tck.TestEnvironment;

/** A file of the disk follows the rules of Reactive Streams that are required. */
final class ReadAheadTckTest {
  private static final int CHUNK = 1024;
  private static final Duration WAIT = Duration.ofSeconds(10);

  @TempDir private Path root;

  @TestFactory
  Stream<DynamicTest> rules() {
    StorageSession files =
        Objects.requireNonNull(LocalStorage.at(root).open(Identity.of("ann")).block(WAIT));
    return TckRules.required(() -> new Rules(files, root));
  }

  static final class Rules extends PublisherVerification<ByteBuf> {
    private final StorageSession files;
    private final Path root;

    Rules(StorageSession files, Path root) {
      super(new TestEnvironment(5_000, 50));
      this.files = files;
      this.root = root;
    }

    @Override
    public Publisher<ByteBuf> createPublisher(long elements) {
      try (RandomAccessFile file = new RandomAccessFile(root.resolve("file").toFile(), "rw")) {
        file.setLength(elements * CHUNK);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return files
          .read(RemotePath.of("/file"), ByteRange.all())
          .transform(ReadOptions.DEFAULT.chunk(CHUNK)::on)
          .doOnNext(ByteBuf::release);
    }

    @Override
    public Publisher<ByteBuf> createFailedPublisher() {
      return files.read(RemotePath.of("/missing"), ByteRange.all());
    }
  }
}
