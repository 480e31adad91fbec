package dev.sluice.storage.local;

import static dev.sluice.storage.local.LocalFixture.PATIENCE;
import static dev.sluice.storage.local.LocalFixture.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.ByteRange;
import dev.sluice.api.FileError;
import dev.sluice.api.RemotePath;
import dev.sluice.api.StorageUnavailable;
import dev.sluice.api.WriteMode;
import dev.sluice.test.Conforms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;

/** What happens to a directory that is held open shows in the next walk. */
@Conforms("FTP-055")
final class HeldDirectoryChangesTest {
  @TempDir Path directory;
  private Path root;
  private Path outside;
  private LocalFixture files;
  private LocalFixture others;

  @BeforeEach
  void walkOnce() throws IOException {
    root = Files.createDirectory(directory.resolve("root"));
    outside = Files.createDirectory(directory.resolve("outside"));
    Files.createDirectories(root.resolve("a/b"));
    Files.writeString(root.resolve("a/b/file"), "inside");
    LocalStorage storage = LocalStorage.at(root);
    files = LocalFixture.of(storage);
    others = LocalFixture.of(storage);
    assertThat(files.read("/a/b/file")).isEqualTo("inside");
  }

  @AfterEach
  void close() {
    files.session().close().block(PATIENCE);
    others.session().close().block(PATIENCE);
  }

  @Test
  void aLinkOutInItsPlaceIsNotEntered() throws IOException {
    Files.writeString(outside.resolve("file"), "secret");
    Files.move(root.resolve("a/b"), root.resolve("aside"));
    Files.createSymbolicLink(root.resolve("a/b"), outside);

    assertUnreachable("/a/b");
    assertThat(outside.resolve("new")).doesNotExist();
    assertThat(Files.readString(outside.resolve("file"))).isEqualTo("secret");
    assertThat(files.read("/aside/file")).isEqualTo("inside");
  }

  @Test
  void movedOutItIsNotReachedThroughALinkInItsPlace() throws IOException {
    Files.move(root.resolve("a/b"), outside.resolve("b"));
    Files.createSymbolicLink(root.resolve("a/b"), outside.resolve("b"));

    assertUnreachable("/a/b");
    assertThat(outside.resolve("b/new")).doesNotExist();
  }

  @Test
  void movedOutWithItsParentItIsNotReachedThroughALinkInThePlaceOfThat() throws IOException {
    Files.move(root.resolve("a"), outside.resolve("a"));
    Files.createSymbolicLink(root.resolve("a"), outside.resolve("a"));

    assertUnreachable("/a/b");
    assertThat(outside.resolve("a/b/new")).doesNotExist();
  }

  @Test
  void movedOutItIsGone() throws IOException {
    Files.move(root.resolve("a/b"), outside.resolve("b"));

    assertUnreachable("/a/b");
    assertThat(outside.resolve("b/new")).doesNotExist();
  }

  @Test
  void movedBackItIsThereAgain() throws IOException {
    Files.move(root.resolve("a"), outside.resolve("a"));
    assertUnreachable("/a/b");
    Files.move(outside.resolve("a"), root.resolve("a"));

    assertThat(files.read("/a/b/file")).isEqualTo("inside");
  }

  @Test
  void renamedByThisSessionItHasItsNewPathOnly() {
    rename(files, "/a/b", "/a/c");
    assertMoved("/a/b", "/a/c");
  }

  @Test
  void renamedByAnotherSessionItHasItsNewPathOnly() {
    rename(others, "/a/b", "/a/c");
    assertMoved("/a/b", "/a/c");
  }

  @Test
  void renamedByAnotherProgramItHasItsNewPathOnly() throws IOException {
    Files.move(root.resolve("a/b"), root.resolve("c"));
    assertMoved("/a/b", "/c");
  }

  @Test
  void renamedWithItsParentByThisSessionItHasItsNewPathOnly() {
    rename(files, "/a", "/c");
    assertMoved("/a/b", "/c/b");
  }

  @Test
  void renamedWithItsParentByAnotherSessionItHasItsNewPathOnly() {
    rename(others, "/a", "/c");
    assertMoved("/a/b", "/c/b");
  }

  @Test
  void renamedWithItsParentByAnotherProgramItHasItsNewPathOnly() throws IOException {
    Files.move(root.resolve("a"), root.resolve("c"));
    assertMoved("/a/b", "/c/b");
  }

  @Test
  void whatTakesItsNameIsMeant() throws IOException {
    Files.createDirectory(root.resolve("new"));
    Files.writeString(root.resolve("new/file"), "another");
    Files.move(root.resolve("a/b"), root.resolve("old"));
    Files.move(root.resolve("new"), root.resolve("a/b"));

    assertThat(files.read("/a/b/file")).isEqualTo("another");
    files.put("/a/b/written", "x");
    assertThat(root.resolve("a/b/written")).exists();
    assertThat(root.resolve("old/written")).doesNotExist();
  }

  @Test
  void deletedAndMadeAgainItIsAnother() throws IOException {
    for (int round = 0; round < 50; round++) {
      Files.deleteIfExists(root.resolve("a/b/file"));
      Files.deleteIfExists(root.resolve("a/b/written"));
      Files.delete(root.resolve("a/b"));
      assertUnreachable("/a/b");
      Files.createDirectory(root.resolve("a/b"));
      assertRefused(FileError.NOT_FOUND, files.session().stat(RemotePath.of("/a/b/file")));

      files.put("/a/b/written", "x");
      assertThat(root.resolve("a/b/written")).exists();
    }
  }

  @Test
  void deletedAndMadeAgainBySessionsItIsAnother() {
    for (int round = 0; round < 50; round++) {
      LocalFixture here = round % 2 == 0 ? files : others;
      here.session().deleteFile(RemotePath.of("/a/b/file")).block(PATIENCE);
      here.session().deleteDirectory(RemotePath.of("/a/b")).block(PATIENCE);
      assertUnreachable("/a/b");
      here.session().createDirectory(RemotePath.of("/a/b")).block(PATIENCE);
      files.put("/a/b/file", "x");

      assertThat(root.resolve("a/b/file")).exists();
    }
  }

  @Test
  void aFileInItsPlaceIsNoDirectory() throws IOException {
    Files.move(root.resolve("a/b"), root.resolve("c"));
    Files.writeString(root.resolve("a/b"), "a file");

    assertRefused(FileError.NOT_A_DIRECTORY, files.session().stat(RemotePath.of("/a/b/file")));
  }

  @Test
  void withoutARootNothingIsInReach() throws IOException {
    Files.move(root, outside.resolve("root"));

    for (LocalFixture each : new LocalFixture[] {files, others}) {
      assertOutOfReach(each.session().stat(RemotePath.of("/a/b/file")));
      assertOutOfReach(each.session().read(RemotePath.of("/a/b/file"), ByteRange.all()));
      assertOutOfReach(each.session().deleteFile(RemotePath.of("/a/b/file")));
      assertOutOfReach(each.session().list(RemotePath.root()));
      assertOutOfReach(each.write("/new", WriteMode.replace(), "x"));
    }
    assertThat(outside.resolve("root/new")).doesNotExist();
  }

  @Test
  void aNewRootIsMeant() throws IOException {
    Files.move(root, outside.resolve("root"));
    Files.createDirectories(root.resolve("a/b"));
    Files.writeString(root.resolve("a/b/file"), "another");

    assertThat(files.read("/a/b/file")).isEqualTo("another");
    files.put("/new", "x");
    assertThat(root.resolve("new")).exists();
  }

  private void assertMoved(String from, String to) {
    assertUnreachable(from);
    assertThat(files.read(to + "/file")).isEqualTo("inside");
    assertThat(others.read(to + "/file")).isEqualTo("inside");
    files.put(to + "/written", "x");
    assertThat(root.resolve(to.substring(1)).resolve("written")).exists();
  }

  private void assertUnreachable(String path) {
    for (LocalFixture each : new LocalFixture[] {files, others}) {
      RemotePath file = RemotePath.of(path + "/file");
      assertRefused(FileError.NOT_FOUND, each.session().stat(file));
      assertRefused(FileError.NOT_FOUND, each.session().read(file, ByteRange.all()));
      assertRefused(FileError.NOT_FOUND, each.session().deleteFile(file));
      assertRefused(FileError.NOT_FOUND, each.session().list(RemotePath.of(path)));
      assertRefused(FileError.NOT_FOUND, each.write(path + "/new", WriteMode.replace(), "x"));
    }
  }

  private static void assertOutOfReach(Publisher<?> verb) {
    assertThatThrownBy(() -> Flux.from(verb).blockLast(PATIENCE))
        .isInstanceOf(StorageUnavailable.class);
  }

  private static void rename(LocalFixture by, String from, String to) {
    by.session().rename(RemotePath.of(from), RemotePath.of(to)).block(PATIENCE);
  }
}
