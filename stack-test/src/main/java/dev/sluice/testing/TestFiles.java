package dev.sluice.testing;

import dev.sluice.api.ByteRange;
import dev.sluice.api.FileEntry;
import dev.sluice.api.RemotePath;
import dev.sluice.api.WriteMode;
import dev.sluice.api.login.Identity;
import dev.sluice.api.storage.Storage;
import dev.sluice.api.storage.StorageSession;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The files of the servers as the first user sees them, for a test to prepare and to look at. No
 * fault is met here. Names begin with {@code /}. Calls block, for 30 seconds at most, and throw
 * what the storage signals, {@link dev.sluice.api.FileFailure} above all.
 */
public final class TestFiles {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final Storage storage;
  private final Identity user;

  TestFiles(Storage storage, Identity user) {
    this.storage = storage;
    this.user = user;
  }

  /** Writes a file in UTF-8, and the directories above it; replaces what is there. */
  public void write(String file, String text) {
    write(file, text.getBytes(StandardCharsets.UTF_8));
  }

  /** As {@link #write(String, String)}. */
  public void write(String file, byte[] octets) {
    RemotePath path = RemotePath.of(file);
    Flux<ByteBuf> content = Flux.defer(() -> Flux.just(Unpooled.copiedBuffer(octets)));
    run(
        session ->
            session
                .createDirectories(path.parent())
                .then(session.write(path, WriteMode.replace(), content)));
  }

  /** All of a file, which must fit into memory. */
  public byte[] read(String file) {
    return call(
        session ->
            session
                .read(RemotePath.of(file), ByteRange.all())
                .collect(ByteArrayOutputStream::new, TestFiles::append)
                .map(ByteArrayOutputStream::toByteArray));
  }

  /** All of a file in UTF-8. */
  public String text(String file) {
    return new String(read(file), StandardCharsets.UTF_8);
  }

  /** Whether something has this name. */
  public boolean exists(String path) {
    return call(session -> session.exists(RemotePath.of(path)));
  }

  /** Creates a directory and those above it. */
  public void createDirectory(String directory) {
    run(session -> session.createDirectories(RemotePath.of(directory)));
  }

  /** The names in a directory, sorted. */
  public List<String> list(String directory) {
    return call(
        session ->
            session.list(RemotePath.of(directory)).map(FileEntry::name).sort().collectList());
  }

  private static void append(ByteArrayOutputStream whole, ByteBuf part) {
    whole.writeBytes(ByteBufUtil.getBytes(part));
    part.release();
  }

  private void run(Function<StorageSession, Mono<Void>> work) {
    call(session -> work.apply(session).thenReturn(true));
  }

  private <T> T call(Function<StorageSession, Mono<T>> work) {
    return Mono.usingWhen(storage.open(user), work, StorageSession::close)
        .blockOptional(LIMIT)
        .orElseThrow();
  }
}
