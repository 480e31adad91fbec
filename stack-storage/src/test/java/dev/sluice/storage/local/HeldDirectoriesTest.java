package dev.sluice.storage.local;

import static dev.sluice.storage.local.LocalFixture.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.api.IoScheduler;
import dev.sluice.api.RemotePath;
import dev.sluice.api.login.Identity;
import dev.sluice.api.storage.FileHandle;
import dev.sluice.api.storage.OpenMode;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How many directories stay open, and for how long. */
final class HeldDirectoriesTest {
  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

  @TempDir Path directory;
  private final HeldDirectories held = new HeldDirectories(IoScheduler.shared());
  private Path root;

  @BeforeEach
  void descriptorsOfDirectories() throws IOException {
    root = Files.createDirectory(directory.toRealPath().resolve("root"));
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(root)) {
      assumeTrue(stream instanceof SecureDirectoryStream && Files.isDirectory(DESCRIPTORS));
    }
  }

  @Test
  void walksShareTheDirectoriesTheyPass() throws IOException {
    Files.createDirectories(root.resolve("a/b"));
    Jail jail = Jail.at(root, held);

    try (Place one = jail.find(RemotePath.of("/a/b/one"));
        Place other = jail.find(RemotePath.of("/a/b/other"))) {
      assertThat(one.directory().path()).isEqualTo(other.directory().path());
      assertThat(held.count()).isEqualTo(3);
      assertThat(open()).isEqualTo(3 * 2);
    }
    jail.close();
    assertThat(open()).isZero();
  }

  @Test
  void aCallThatEndsBehindTheLastSessionHoldsNothing() throws IOException {
    Jail jail = Jail.at(root, held);
    jail.close();

    jail.find(RemotePath.of("/late")).close();
    assertThat(held.count()).isZero();
    assertThat(open()).isZero();
  }

  @Test
  void noMoreThanAFewAreHeld() throws IOException {
    Jail jail = Jail.at(root, held);
    for (int i = 0; i < 3 * HeldDirectories.MOST; i++) {
      Files.createDirectory(root.resolve("d" + i));
      jail.find(RemotePath.of("/d" + i + "/file")).close();
    }

    assertThat(held.count()).isEqualTo(HeldDirectories.MOST);
    assertThat(open()).isEqualTo(2L * HeldDirectories.MOST);
    jail.close();
    assertThat(open()).isZero();
  }

  @Test
  void whatIsNotUsedIsClosed() throws IOException {
    Files.createDirectory(root.resolve("d"));
    Jail jail = Jail.at(root, held);
    jail.find(RemotePath.of("/d/file")).close();
    long now = System.nanoTime();

    assertThat(held.closeIdle(now - HeldDirectories.IDLE_NANOS)).isTrue();
    assertThat(held.closeIdle(now + HeldDirectories.IDLE_NANOS)).isFalse();

    assertThat(open()).isZero();
    jail.close();
  }

  @Test
  void aPlaceOutlivesTheHolding() throws IOException {
    Files.createDirectory(root.resolve("d"));
    Files.writeString(root.resolve("d/file"), "inside");
    Jail jail = Jail.at(root, held);
    try (Place place = jail.find(RemotePath.of("/d/file"))) {
      jail.close();
      held.closeIdle(System.nanoTime() + HeldDirectories.IDLE_NANOS);

      assertThat(place.attributes().size()).isEqualTo("inside".length());
    }
    assertThat(open()).isZero();
  }

  @Test
  void whoClosesTwiceTakesItFromNobody() throws IOException {
    Files.writeString(root.resolve("file"), "inside");
    Directory one = held.root(root);
    Directory other = held.root(root);
    one.close();
    one.close();
    held.closeIdle(System.nanoTime() + HeldDirectories.IDLE_NANOS);

    assertThat(other.attributes(Path.of("file")).size()).isEqualTo("inside".length());
    other.close();
    assertThat(open()).isZero();
  }

  @Test
  void theLastSessionTakesThemWithIt() throws IOException {
    Files.writeString(root.resolve("file"), "inside");
    LocalStorage storage = LocalStorage.at(root);
    LocalFixture one = LocalFixture.of(storage);
    LocalFixture other = LocalFixture.of(storage);
    FileHandle handle = one.session().open(RemotePath.of("/file"), OpenMode.READ).block(PATIENCE);
    assertThat(other.read("/file")).isEqualTo("inside");

    other.session().close().block(PATIENCE);
    other.session().close().block(PATIENCE);
    assertThat(handle.stat().block(PATIENCE).size()).isEqualTo("inside".length());
    one.session().close().block(PATIENCE);

    assertThat(open()).isZero();
  }

  @Test
  void aDirectoryIsListedMoreThanOnce() throws IOException {
    Files.createDirectory(root.resolve("d"));
    Files.writeString(root.resolve("d/file"), "inside");
    LocalFixture files = new LocalFixture(LocalStorage.at(root).open(Identity.of("u")).block());

    for (String path : new String[] {"/", "/", "/d", "/d", "/d/../d", "/d/.."}) {
      assertThat(files.names(path)).hasSize(1);
    }
    files.session().close().block(PATIENCE);
  }

  /** Descriptors of what lies below the root, or of itself. */
  private long open() throws IOException {
    try (Stream<Path> all = Files.list(DESCRIPTORS)) {
      return all.filter(this::isBelow).count();
    }
  }

  private boolean isBelow(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).startsWith(root);
    } catch (IOException e) {
      return false; // closed meanwhile
    }
  }
}
