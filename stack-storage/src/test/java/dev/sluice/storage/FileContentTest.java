package dev.sluice.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.ByteRange;
import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.api.RemotePath;
import dev.sluice.api.WriteMode;
import dev.sluice.api.login.Identity;
import dev.sluice.api.storage.FileContent;
import dev.sluice.api.storage.FileHandle;
import dev.sluice.api.storage.FileLoan;
import dev.sluice.api.storage.StorageSession;
import dev.sluice.storage.local.LocalStorage;
import dev.sluice.storage.memory.MemoryStorage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

final class FileContentTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final RemotePath FILE = RemotePath.of("/file");

  @TempDir private Path root;
  private final byte[] octets = new byte[3_000_000];
  private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
  private final List<Long> counted = new ArrayList<>();
  private StorageSession local;

  @BeforeEach
  void writeFile() throws IOException {
    new Random(3).nextBytes(octets);
    Files.write(root.resolve("file"), octets);
    local = LocalStorage.at(root).open(Identity.of("test")).block(LIMIT);
  }

  @AfterEach
  void close() {
    local.close().block(LIMIT);
  }

  @Test
  void isAStreamToWhoLooksAtTheOctets() {
    FileContent content = counted(ByteRange.of(10, 2_000_000));
    assertThat(collect(content)).isEqualTo(part(10, 2_000_000));
    assertThat(sum()).isEqualTo(2_000_000);
  }

  @Test
  void isSentInSlicesEachCountedWhenItIsOut() {
    FileContent content = counted(ByteRange.from(10));
    content.send(this::send, FileContentTest::nobody).block(LIMIT);
    assertThat(sent.toByteArray()).isEqualTo(part(10, octets.length - 10));
    assertThat(counted).hasSizeGreaterThan(1);
    assertThat(sum()).isEqualTo(octets.length - 10);
  }

  @Test
  void isSentAsAStreamWhereTheFileIsNowhere() {
    StorageSession memory = MemoryStorage.create().open(Identity.of("test")).block(LIMIT);
    memory.write(FILE, WriteMode.replace(), Mono.just(Unpooled.wrappedBuffer(octets))).block(LIMIT);
    FileContent content =
        (FileContent) FileContent.counted(memory.read(FILE, ByteRange.all()), counted::add);
    content
        .send((file, position, length) -> Mono.error(new AssertionError()), this::collected)
        .block(LIMIT);
    assertThat(sent.toByteArray()).isEqualTo(octets);
    assertThat(sum()).isEqualTo(octets.length);
  }

  @Test
  void endsAsItIsToldEitherWay() {
    Mono<Void> refusal = Mono.error(new IllegalStateException("not whole"));
    FileContent content = (FileContent) FileContent.ending(counted(ByteRange.all()), refusal);
    StepVerifier.create(content.send(this::send, FileContentTest::nobody))
        .verifyErrorMessage("not whole");
    assertThat(sent.toByteArray()).isEqualTo(octets);
    StepVerifier.create(content.doOnNext(ByteBuf::release).then()).verifyErrorMessage("not whole");
  }

  @Test
  void rangeBehindTheEndIsRefusedAndOneAtTheEndIsEmpty() {
    Mono<Void> behind =
        counted(ByteRange.from(octets.length + 1)).send(this::send, FileContentTest::nobody);
    StepVerifier.create(behind)
        .verifyErrorMatches(
            failure ->
                failure instanceof FileFailure refused
                    && refused.error() == FileError.OUT_OF_RANGE);
    counted(ByteRange.from(octets.length)).send(this::send, FileContentTest::nobody).block(LIMIT);
    assertThat(sent.size()).isZero();
  }

  @Test
  void fileThatShrinksIsSentAsFarAsItGoesAndOneThatGrowsWhole() throws IOException {
    Path path = root.resolve("file");
    counted(ByteRange.all())
        .send(
            (file, position, length) ->
                send(file, position, length)
                    .then(Mono.fromRunnable(() -> truncate(path, position + length + 7))),
            FileContentTest::nobody)
        .block(LIMIT);
    byte[] shorter = sent.toByteArray();
    assertThat(shorter).hasSizeLessThan(octets.length).isEqualTo(part(0, shorter.length));
    Files.write(path, octets);
    sent.reset();
    counted(ByteRange.all())
        .send(
            (file, position, length) ->
                send(file, position, length)
                    .then(position > 0 ? Mono.empty() : Mono.fromRunnable(() -> append(path))),
            FileContentTest::nobody)
        .block(LIMIT);
    assertThat(sent.size()).isEqualTo(octets.length * 2);
  }

  private FileContent counted(ByteRange range) {
    return (FileContent) FileContent.counted(local.read(FILE, range), counted::add);
  }

  private Mono<Void> send(FileHandle file, long position, long length) {
    return Mono.fromRunnable(
        () -> {
          try (FileLoan loan = file.lend().orElseThrow()) {
            ByteBuffer part = ByteBuffer.allocate((int) length);
            assertThat(loan.channel().read(part, position)).isEqualTo((int) length);
            sent.writeBytes(part.array());
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  private static Mono<Void> nobody(Flux<ByteBuf> stream) {
    return Mono.error(new AssertionError("the file was to be lent"));
  }

  private Mono<Void> collected(Flux<ByteBuf> stream) {
    return stream
        .doOnNext(
            buffer -> {
              byte[] piece = new byte[buffer.readableBytes()];
              buffer.readBytes(piece).release();
              sent.writeBytes(piece);
            })
        .then();
  }

  private byte[] collect(Flux<ByteBuf> stream) {
    collected(stream).block(LIMIT);
    return sent.toByteArray();
  }

  private byte[] part(int from, int length) {
    return Arrays.copyOfRange(octets, from, from + length);
  }

  private long sum() {
    return counted.stream().mapToLong(Long::longValue).sum();
  }

  private static void truncate(Path path, long size) {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
      channel.truncate(size);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void append(Path path) {
    try {
      Files.write(path, octets, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
