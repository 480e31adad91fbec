package dev.sluice.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.sluice.api.ByteRange;
import dev.sluice.api.Capability;
import dev.sluice.api.FileEntry;
import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.api.FileOperations;
import dev.sluice.api.RemotePath;
import dev.sluice.api.WriteMode;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;

/**
 * What a test class tells of its tree, and the small words in which the contract is written.
 *
 * <p>Where a verb needs a {@link Capability} the contract asserts that it works, or that it is
 * refused as {@code UNSUPPORTED}: nothing is skipped.
 */
public interface TreeUnderTest {

  /** The tree; the same all through one test, empty and fresh at its start. */
  FileOperations operations();

  /** Whether the tree is meant to hold a file called {@code name}. */
  default boolean storesName(String name) {
    return true;
  }

  /** What a listing calls a file called {@code name}. */
  default String listedName(String name) {
    return name;
  }

  /** Errors that may stand for {@code expected} where a protocol cannot tell them apart. */
  default Set<FileError> insteadOf(FileError expected) {
    return Set.of();
  }

  /** How long one step may take. */
  default Duration patience() {
    return Duration.ofSeconds(30);
  }

  default boolean can(Capability capability) {
    return operations().capabilities().contains(capability);
  }

  default RemotePath path(String text) {
    return RemotePath.of(text);
  }

  /** What relative paths are seen from. */
  default RemotePath home() {
    return RemotePath.root();
  }

  /** Octets that are the same at each run and compress badly. */
  default byte[] octets(int length) {
    byte[] octets = new byte[length];
    new Random(length).nextBytes(octets);
    return octets;
  }

  default byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  default void put(String path, byte[] content) {
    put(path(path), WriteMode.replace(), content);
  }

  default void put(RemotePath path, WriteMode mode, byte[] content) {
    operations().write(path, mode, inBuffersOf(8192, content)).block(patience());
  }

  default byte[] content(String path) {
    return content(path(path), ByteRange.all());
  }

  default byte[] content(RemotePath path, ByteRange range) {
    return octetsOf(operations().read(path, range));
  }

  default byte[] octetsOf(Flux<ByteBuf> buffers) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    buffers
        .doOnNext(
            buffer -> {
              all.writeBytes(ByteBufUtil.getBytes(buffer));
              buffer.release();
            })
        .then()
        .block(patience());
    return all.toByteArray();
  }

  default void makeDirectory(String path) {
    operations().createDirectory(path(path)).block(patience());
  }

  default FileEntry stat(String path) {
    FileEntry entry = operations().stat(path(path)).block(patience());
    assertThat(entry).as("stat of " + path).isNotNull();
    return entry;
  }

  default List<String> names(String directory) {
    List<FileEntry> entries = operations().list(path(directory)).collectList().block(patience());
    assertThat(entries).isNotNull();
    return entries.stream().map(FileEntry::name).sorted().toList();
  }

  /** {@code content} in pooled buffers, made when they are asked for. */
  default Flux<ByteBuf> inBuffersOf(int size, byte[] content) {
    return Flux.range(0, (content.length + size - 1) / size)
        .map(
            i -> {
              int start = i * size;
              int length = Math.min(size, content.length - start);
              return ByteBufAllocator.DEFAULT.buffer(length).writeBytes(content, start, length);
            });
  }

  /** Asserts that {@code operation} is refused for {@code expected}. */
  default void assertRefused(FileError expected, Publisher<?> operation) {
    Throwable thrown = catchThrowable(() -> Flux.from(operation).blockLast(patience()));
    assertThat(thrown).isInstanceOf(FileFailure.class);
    FileError error = ((FileFailure) thrown).error();
    if (!insteadOf(expected).contains(error)) {
      assertThat(error).as(thrown.getMessage()).isEqualTo(expected);
    }
  }
}
