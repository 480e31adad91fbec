package dev.sluice.storage.decorate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.sluice.api.AttributeChange;
import dev.sluice.api.ByteRange;
import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.api.RemotePath;
import dev.sluice.api.WriteMode;
import dev.sluice.api.login.Identity;
import dev.sluice.api.login.Right;
import dev.sluice.api.storage.StorageSession;
import dev.sluice.storage.local.LocalStorage;
import io.netty.buffer.ByteBuf;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;

/** A rule about a directory holds whatever a link to it is called. */
final class GuardedPathsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final RemotePath PRIVATE = RemotePath.of("/private");

  @TempDir Path root;
  private StorageSession session;

  @BeforeEach
  void plant() throws Exception {
    Files.createDirectories(root.resolve("private/d"));
    Files.createDirectory(root.resolve("pub"));
    Files.writeString(root.resolve("private/secret"), "secret");
    Files.writeString(root.resolve("pub/open"), "open");
    Files.createSymbolicLink(root.resolve("pub/way"), Path.of("../private"));
    Files.createSymbolicLink(root.resolve("pub/file"), Path.of("/private/secret"));
    StorageSession files = LocalStorage.at(root).open(Identity.of("ann")).block(PATIENCE);
    session = GuardedPaths.of(files, GuardedPathsTest::check);
  }

  @Test
  void noVerbReachesTheDirectoryThroughALink() {
    assertRefused(session.list(RemotePath.of("/pub/way")));
    assertRefused(session.read(RemotePath.of("/pub/way/secret"), ByteRange.all()));
    assertRefused(session.write(RemotePath.of("/pub/way/new"), WriteMode.replace(), Flux.empty()));
    assertRefused(session.createDirectory(RemotePath.of("/pub/way/new")));
    assertRefused(session.deleteFile(RemotePath.of("/pub/way/secret")));
    assertRefused(session.deleteDirectory(RemotePath.of("/pub/way/d")));
    assertRefused(session.rename(RemotePath.of("/pub/open"), RemotePath.of("/pub/way/taken")));
    assertRefused(
        session.setAttributes(
            RemotePath.of("/pub/way/secret"), AttributeChange.none().withPermissions(0666)));
    assertThat(root.resolve("private/secret")).hasContent("secret");
    assertThat(root.resolve("private/new")).doesNotExist();
  }

  @Test
  void whatIsAllowedGoesOn() {
    Flux<ByteBuf> content = session.read(RemotePath.of("/pub/open"), ByteRange.all());

    assertThat(content.doOnNext(ByteBuf::release).count().block(PATIENCE)).isOne();
    session.rename(RemotePath.of("/pub/open"), RemotePath.of("/pub/moved")).block(PATIENCE);
    assertThat(root.resolve("pub/moved")).hasContent("open");
  }

  private static void check(Right right, RemotePath path) {
    if (path.startsWith(PRIVATE)) {
      throw new FileFailure(FileError.PERMISSION_DENIED, path, right + " is not allowed");
    }
  }

  private static void assertRefused(Publisher<?> verb) {
    Throwable thrown = catchThrowable(() -> Flux.from(verb).blockLast(PATIENCE));
    assertThat(thrown).isInstanceOf(FileFailure.class);
    assertThat(((FileFailure) thrown).error()).isEqualTo(FileError.PERMISSION_DENIED);
  }
}
