package dev.sluice.storage.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.sluice.api.ByteRange;
import dev.sluice.api.FileEntry;
import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.api.RemotePath;
import dev.sluice.api.WriteMode;
import dev.sluice.api.login.Identity;
import dev.sluice.api.storage.StorageSession;
import io.netty.buffer.ByteBufAllocator;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A session with the disk and the words that the tests of it use. */
record LocalFixture(StorageSession session) {
  static final Duration PATIENCE = Duration.ofSeconds(30);

  static LocalFixture at(Path root) {
    return of(LocalStorage.at(root));
  }

  static LocalFixture of(LocalStorage storage) {
    return new LocalFixture(storage.open(Identity.of("user")).block(PATIENCE));
  }

  String read(String path) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    session
        .read(RemotePath.of(path), ByteRange.all())
        .doOnNext(
            buffer -> {
              all.writeBytes(io.netty.buffer.ByteBufUtil.getBytes(buffer));
              buffer.release();
            })
        .then()
        .block(PATIENCE);
    return all.toString(StandardCharsets.UTF_8);
  }

  Mono<Void> write(String path, WriteMode mode, String content) {
    return session.write(
        RemotePath.of(path),
        mode,
        Flux.defer(
            () ->
                Flux.just(
                    ByteBufAllocator.DEFAULT
                        .buffer()
                        .writeBytes(content.getBytes(StandardCharsets.UTF_8)))));
  }

  void put(String path, String content) {
    write(path, WriteMode.replace(), content).block(PATIENCE);
  }

  List<String> names(String directory) {
    return session
        .list(RemotePath.of(directory))
        .map(FileEntry::name)
        .collectSortedList()
        .block(PATIENCE);
  }

  static FileFailure refusal(Publisher<?> operation) {
    Throwable thrown = catchThrowable(() -> Flux.from(operation).blockLast(PATIENCE));
    assertThat(thrown).isInstanceOf(FileFailure.class);
    return (FileFailure) thrown;
  }

  static void assertRefused(FileError expected, Publisher<?> operation) {
    FileFailure refusal = refusal(operation);
    assertThat(refusal.error()).as(refusal.getMessage()).isEqualTo(expected);
  }
}
