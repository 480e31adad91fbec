package dev.sluice.storage.local;

import static dev.sluice.storage.local.LocalFixture.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.ByteRange;
import dev.sluice.api.ChecksumAlgorithm;
import dev.sluice.api.RemotePath;
import dev.sluice.api.WriteMode;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Whatever is cut at whatever moment leaves no file open, no part behind and no buffer lost. */
final class CancelTest {
  private static final int ROUNDS = 300;
  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

  @TempDir Path root;
  private LocalFixture files;

  @BeforeEach
  void open() {
    files = LocalFixture.at(root);
    files.put("/file", "x".repeat(3_000_000));
  }

  /** Calls that are under way when they are cancelled, or their session is closed, end soon. */
  @AfterEach
  void nothingIsLeft() throws IOException {
    awaitNone(this::leftovers);
    assertThat(leftovers()).isEmpty();
    files.session().close().block(PATIENCE);
    awaitNone(this::descriptors);
    assertThat(descriptors()).as("directories included").isEmpty();
  }

  private static void awaitNone(Callable<List<String>> look) {
    Mono.fromCallable(look)
        .subscribeOn(Schedulers.boundedElastic())
        .filter(List::isEmpty)
        .repeatWhenEmpty(rounds -> rounds.delayElements(Duration.ofMillis(20)).take(100))
        .block(PATIENCE);
  }

  @Test
  void readsAreCutAtAnyMoment() {
    RemotePath file = RemotePath.of("/file");

    cutEach(i -> files.session().read(file, ByteRange.all()).doOnNext(ByteBuf::release));
    assertThat(files.read("/file")).hasSize(3_000_000);
  }

  @Test
  void writesAreCutAtAnyMoment() {
    cutEach(i -> files.session().write(RemotePath.of("/part"), WriteMode.replace(), content()));
    assertThat(files.read("/file")).hasSize(3_000_000);
  }

  @Test
  void copiesAndChecksumsAreCutAtAnyMoment() {
    RemotePath file = RemotePath.of("/file");

    cutEach(
        i ->
            i % 2 == 0
                ? files.session().copy(file, RemotePath.of("/part"))
                : files.session().checksum(file, ChecksumAlgorithm.SHA_256, ByteRange.all()));
  }

  @Test
  void listingsAreCutAtAnyMoment() throws IOException {
    Path many = Files.createDirectory(root.resolve("many"));
    for (int i = 0; i < 1000; i++) {
      Files.createFile(many.resolve("file" + i));
    }

    cutEach(i -> files.session().list(RemotePath.of("/many")));
    assertThat(files.names("/many")).hasSize(1000);
  }

  private static void cutEach(IntFunction<Publisher<?>> operation) {
    Flux.range(0, ROUNDS)
        .flatMap(
            i ->
                Flux.from(operation.apply(i))
                    .then()
                    .timeout(Duration.ofNanos(i * 10_000L), Mono.empty()),
            8)
        .then()
        .block(PATIENCE);
  }

  private static Flux<ByteBuf> content() {
    return Flux.range(0, 40).map(i -> ByteBufAllocator.DEFAULT.buffer(65_536).writeZero(65_536));
  }

  /**
   * Temporary files, and files below the root that are open; the look itself has none open there.
   * Directories are held open for a moment.
   */
  private List<String> leftovers() throws IOException {
    List<String> left = new ArrayList<>(descriptors());
    left.removeIf(path -> Files.isDirectory(Path.of(path)));
    try (Stream<Path> entries = Files.list(root)) {
      entries
          .map(entry -> entry.getFileName().toString())
          .filter(TemporaryNames::matches)
          .forEach(left::add);
    }
    return left;
  }

  private List<String> descriptors() throws IOException {
    String below = root.toRealPath().toString();
    try (Stream<Path> open = Files.list(DESCRIPTORS)) {
      return open.map(CancelTest::target).filter(target -> target.startsWith(below)).toList();
    }
  }

  /** A descriptor may be closed between the listing and the look. */
  private static String target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException e) {
      return "";
    }
  }
}
