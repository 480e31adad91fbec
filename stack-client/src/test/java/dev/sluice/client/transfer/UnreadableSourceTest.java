package dev.sluice.client.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.ByteRange;
import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.api.FileOperations;
import dev.sluice.api.RemotePath;
import dev.sluice.api.WriteMode;
import dev.sluice.api.login.Identity;
import dev.sluice.api.storage.FileContent;
import dev.sluice.api.storage.FileHandle;
import dev.sluice.api.storage.ForwardingSession;
import dev.sluice.api.storage.OpenMode;
import dev.sluice.api.storage.StorageSession;
import dev.sluice.client.Contents;
import dev.sluice.client.transfer.CopyOptions.Placement;
import dev.sluice.client.transfer.TransferEvent.Failed;
import dev.sluice.storage.memory.MemoryStorage;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A source that cannot be read is no reason to write in place. */
final class UnreadableSourceTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final RemotePath FILE = RemotePath.of("/file");

  private StorageSession from;
  private StorageSession to;

  @BeforeEach
  void open() {
    from = MemoryStorage.create().open(Identity.of("user")).block(PATIENCE);
    to = MemoryStorage.create().open(Identity.of("user")).block(PATIENCE);
    write(to, "what the target has");
    write(from, "new");
  }

  @ParameterizedTest(name = "as a file that is lent: {0}")
  @ValueSource(booleans = {false, true})
  void theFileOfTheTargetStays(boolean lent) {
    List<TransferEvent> events =
        Transfers.mirror(
                new Unreadable(from, lent),
                RemotePath.root(),
                to,
                RemotePath.root(),
                Mirror.oneWay()
                    .copying(options -> options.withPlacement(Placement.ATOMIC_ELSE_IN_PLACE)))
            .collectList()
            .block(PATIENCE);

    assertThat(events).hasAtLeastOneElementOfType(Failed.class);
    assertThat(text(to)).isEqualTo("what the target has");
  }

  private static void write(FileOperations tree, String content) {
    tree.write(FILE, WriteMode.replace(), Contents.of(content, StandardCharsets.UTF_8))
        .block(PATIENCE);
  }

  private static String text(FileOperations tree) {
    return Contents.text(tree.read(FILE, ByteRange.all()), StandardCharsets.UTF_8, 100)
        .block(PATIENCE);
  }

  /** A tree whose file may be listed, and not read. */
  private record Unreadable(StorageSession inner, boolean lent) implements ForwardingSession {
    @Override
    public Flux<ByteBuf> read(RemotePath file, ByteRange range) {
      return lent ? FileContent.of(open(file, OpenMode.READ), range) : Flux.error(refused(file));
    }

    @Override
    public Mono<FileHandle> open(RemotePath file, OpenMode mode) {
      return Mono.error(refused(file));
    }

    private static FileFailure refused(RemotePath file) {
      return new FileFailure(FileError.PERMISSION_DENIED, file, "may not be read");
    }
  }
}
