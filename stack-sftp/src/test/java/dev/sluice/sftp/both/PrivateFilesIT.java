package dev.sluice.sftp.both;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.AttributeChange;
import dev.sluice.api.RemotePath;
import dev.sluice.api.WriteMode;
import dev.sluice.sftp.SftpSession;
import dev.sluice.storage.local.LocalStorage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** OPEN carries the mode that an upload is to have: nobody else reads what is on its way. */
final class PrivateFilesIT {
  private static final RemotePath FILE = RemotePath.of("/file");
  private static final String OLD = "old";

  @TempDir private Path root;
  private final List<Set<PosixFilePermission>> seen = new CopyOnWriteArrayList<>();
  private BothEnds ends;

  static Stream<Arguments> ways() {
    return Stream.of(
            WriteMode.replace(),
            WriteMode.inPlace(),
            WriteMode.append(),
            WriteMode.at(0),
            WriteMode.createNew(),
            new WriteMode.CreateNew(false))
        .flatMap(
            mode ->
                mode instanceof WriteMode.CreateNew
                    ? Stream.of(Arguments.of(mode, false))
                    : Stream.of(Arguments.of(mode, false), Arguments.of(mode, true)));
  }

  @BeforeEach
  void serve() {
    ends = BothEnds.serving(LocalStorage.at(root));
  }

  @AfterEach
  void close() {
    ends.close();
  }

  @ParameterizedTest(name = "{0}, replacing: {1}")
  @MethodSource("ways")
  void anUploadIsNeverReadableByOthersWhenItsSourceIsNot(WriteMode mode, boolean there)
      throws IOException {
    Path file = root.resolve("file");
    if (there) {
      Files.writeString(file, OLD);
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    }
    SftpSession session = ends.session();
    // The first upload looks first, the second makes its file at once.
    for (int i = 0; i < 2; i++) {
      if (mode instanceof WriteMode.CreateNew) {
        Files.deleteIfExists(file);
      }
      session
          .write(FILE, mode, watched(), AttributeChange.none().withPermissions(0600))
          .block(BothEnds.WAIT);
      assertThat(Files.getPosixFilePermissions(file))
          .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }
    session.close().block(BothEnds.WAIT);
    assertThat(seen).isNotEmpty();
  }

  private Flux<ByteBuf> watched() {
    Mono<ByteBuf> look = Mono.fromRunnable(this::look);
    return Flux.concat(look, part("one"), look, part("two"), look);
  }

  private static Mono<ByteBuf> part(String text) {
    return Mono.fromSupplier(() -> Unpooled.wrappedBuffer(text.getBytes(US_ASCII)));
  }

  /** What is not yet written to has its old mode. */
  private void look() {
    try (Stream<Path> files = Files.list(root)) {
      for (Path file : files.toList()) {
        if (!Files.readString(file).equals(OLD)) {
          Set<PosixFilePermission> mode = Files.getPosixFilePermissions(file);
          seen.add(mode);
          assertThat(mode)
              .doesNotContain(PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_READ);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
