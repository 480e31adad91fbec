package dev.sluice.storage.local;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.AttributeChange;
import dev.sluice.api.AttributesRefused;
import dev.sluice.api.FileOperations;
import dev.sluice.api.FileSession;
import dev.sluice.api.RemotePath;
import dev.sluice.api.WriteMode;
import dev.sluice.api.login.Identity;
import dev.sluice.api.storage.GuardedSession;
import dev.sluice.api.storage.Storage;
import dev.sluice.api.storage.StorageSession;
import dev.sluice.storage.decorate.JailedStorage;
import dev.sluice.storage.decorate.QuotaStorage;
import dev.sluice.storage.gateway.LoopbackSessions;
import dev.sluice.storage.gateway.SessionStorage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** A file that is to be private is private from its first octet, wherever it is meanwhile. */
final class PrivateFilesTest {
  private static final Duration WAIT = Duration.ofSeconds(30);
  private static final Identity USER = Identity.of("user");
  private static final RemotePath FILE = RemotePath.of("/file");

  @TempDir private Path root;
  private final List<Set<PosixFilePermission>> seen = new CopyOnWriteArrayList<>();

  static Stream<Arguments> ways() {
    List<Arguments> ways = new ArrayList<>();
    for (WriteMode mode :
        List.of(
            WriteMode.replace(),
            WriteMode.inPlace(),
            WriteMode.append(),
            WriteMode.at(0),
            WriteMode.createNew(),
            new WriteMode.CreateNew(false))) {
      for (String found : List.of("", "rw-rw-rw-", "rwxr-xr-x")) {
        if (found.isEmpty() || !(mode instanceof WriteMode.CreateNew)) {
          ways.add(Arguments.of(mode, found));
        }
      }
    }
    return ways.stream();
  }

  @ParameterizedTest(name = "{0} over \"{1}\"")
  @MethodSource("ways")
  void nobodyElseReadsItBeforeItIsWritten(WriteMode mode, String found) throws IOException {
    if (!found.isEmpty()) {
      Files.writeString(root.resolve("file"), "old");
      Files.setPosixFilePermissions(root.resolve("file"), PosixFilePermissions.fromString(found));
    }

    write(session(LocalStorage.at(root)), mode, found, 0600);

    assertMode("rw-------");
    assertThat(seen).hasSizeGreaterThanOrEqualTo(2);
  }

  @ParameterizedTest(name = "{0} over \"{1}\"")
  @MethodSource("ways")
  void aModeThatIsNarrowerStillIsKept(WriteMode mode, String found) throws IOException {
    if (found.isEmpty()) {
      write(session(LocalStorage.at(root)), mode, found, 0400);
      assertMode("r--------");
    }
  }

  @Test
  void whatOthersMayReadTheyReadWhenItIsWhole() throws IOException {
    write(session(LocalStorage.at(root)), WriteMode.replace(), "", 0644);

    assertMode("rw-r--r--");
    assertThat(seen).allMatch(mode -> mode.equals(PosixFilePermissions.fromString("rw-------")));
  }

  @Test
  void aPrivateFileIsReplacedByOneThatIsPrivateFromTheStart() throws IOException {
    Files.writeString(root.resolve("file"), "old");
    Files.setPosixFilePermissions(
        root.resolve("file"), PosixFilePermissions.fromString("rw-------"));

    session(LocalStorage.at(root)).write(FILE, WriteMode.replace(), watched("")).block(WAIT);

    assertMode("rw-------");
  }

  @Test
  void rulesAroundAStorageLetItThrough() throws IOException {
    Storage disk = LocalStorage.at(root);
    StorageSession quota = session(QuotaStorage.of(disk, 1 << 20));
    StorageSession jailed = session(JailedStorage.of(disk, RemotePath.root()));
    StorageSession guarded = new GuardedSession(session(disk), (right, path) -> {});
    StorageSession gateway =
        session(
            SessionStorage.of(() -> disk.open(USER).<FileSession>map(LoopbackSessions::around)));
    for (FileOperations files : List.of(quota, jailed, guarded, gateway)) {
      Files.deleteIfExists(root.resolve("file"));
      write(files, WriteMode.replace(), "", 0600);
      assertMode("rw-------");
    }
  }

  @Test
  void whatCannotBeSetIsSaidOfAFileThatIsWhole() throws IOException {
    StepVerifier.create(
            session(LocalStorage.at(root))
                .write(
                    FILE,
                    WriteMode.replace(),
                    watched(""),
                    AttributeChange.none().withPermissions(0600).withOwner("no such user")))
        .expectError(AttributesRefused.class)
        .verify(WAIT);
    assertThat(root.resolve("file")).hasContent("onetwo");
    assertMode("rw-------");
  }

  private void write(FileOperations files, WriteMode mode, String found, int permissions) {
    files
        .write(FILE, mode, watched(found), AttributeChange.none().withPermissions(permissions))
        .block(WAIT);
  }

  /** Content that looks at what others could read before each of its parts, and after the last. */
  private Flux<ByteBuf> watched(String found) {
    Mono<ByteBuf> look = Mono.fromRunnable(() -> look(found));
    return Flux.concat(look, part("one"), look, part("two"), look);
  }

  private static Mono<ByteBuf> part(String text) {
    return Mono.fromSupplier(() -> Unpooled.wrappedBuffer(text.getBytes(US_ASCII)));
  }

  /** All files, but for one that is not written to and has its old mode. */
  private void look(String found) {
    try (Stream<Path> files = Files.list(root)) {
      boolean aside = Files.exists(root.resolve("file")) && files.count() > 1;
      try (Stream<Path> all = Files.list(root)) {
        for (Path file : all.toList()) {
          if (!(aside && !found.isEmpty() && file.endsWith("file"))) {
            Set<PosixFilePermission> mode = Files.getPosixFilePermissions(file);
            seen.add(mode);
            assertThat(mode)
                .doesNotContain(PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_READ);
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void assertMode(String mode) throws IOException {
    assertThat(Files.getPosixFilePermissions(root.resolve("file")))
        .isEqualTo(PosixFilePermissions.fromString(mode));
  }

  private static StorageSession session(Storage storage) {
    return Objects.requireNonNull(storage.open(USER).block(WAIT));
  }
}
