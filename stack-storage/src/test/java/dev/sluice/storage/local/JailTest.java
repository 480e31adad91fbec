package dev.sluice.storage.local;

import static dev.sluice.storage.local.LocalFixture.PATIENCE;
import static dev.sluice.storage.local.LocalFixture.assertRefused;
import static dev.sluice.storage.local.LocalFixture.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.AttributeChange;
import dev.sluice.api.ByteRange;
import dev.sluice.api.ChecksumAlgorithm;
import dev.sluice.api.FileEntry;
import dev.sluice.api.FileError;
import dev.sluice.api.RemotePath;
import dev.sluice.api.WriteMode;
import dev.sluice.api.storage.OpenMode;
import dev.sluice.test.Conforms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reactivestreams.Publisher;

/** Ways out of the root that others have found, all closed. */
@Conforms("FTP-055")
final class JailTest {
  private static final String SECRET = "secret";

  @TempDir Path directory;
  private Path root;
  private Path outside;
  private LocalFixture files;

  @BeforeEach
  void layOut() throws IOException {
    root = Files.createDirectory(directory.resolve("home"));
    outside = Files.createDirectory(directory.resolve("outside"));
    Files.writeString(outside.resolve("file"), SECRET);
    Files.createDirectory(directory.resolve("home2"));
    Files.writeString(directory.resolve("home2/file"), SECRET);
    files = LocalFixture.at(root);
  }

  @Test
  void dotsDoNotClimbAboveTheRoot() throws IOException {
    Files.writeString(root.resolve("file"), "inside");

    for (String path :
        List.of("/../file", "/../../../../file", "//file", "/a/../../file", "..//file")) {
      assertThat(files.read(path)).as(path).isEqualTo("inside");
    }
    assertRefused(FileError.NOT_FOUND, files.session().stat(RemotePath.of("/../outside/file")));
  }

  @Test
  void aSiblingWhoseNameBeginsAlikeIsOutside() throws IOException {
    link("absolute", directory.resolve("home2/file"));
    link("relative", Path.of("../home2/file"));

    assertRefused(FileError.NOT_FOUND, files.session().stat(RemotePath.of("/../home2/file")));
    assertRefused(FileError.NOT_FOUND, files.session().stat(RemotePath.of("/absolute")));
    assertRefused(FileError.NOT_FOUND, files.session().stat(RemotePath.of("/relative")));
  }

  @Test
  void aLinkThatPointsOutReadsAsMissingWhateverItPointsTo() throws IOException {
    for (Path target :
        List.of(
            outside.resolve("file"),
            outside.resolve("missing"),
            Path.of("/etc/passwd"),
            Path.of("/"),
            Path.of("../outside/file"),
            Path.of("../missing"),
            Path.of("../../../../../../../../etc/passwd"),
            Path.of(".."),
            Path.of("../home/../outside/file"))) {
      Path link = link("link", target);
      for (Publisher<?> attempt : attempts(RemotePath.of("/link"))) {
        assertThat(refusal(attempt))
            .as(target.toString())
            .hasMessage("NOT_FOUND: /link: no such file or directory");
      }
      Files.delete(link);
    }
    assertThat(files.session().stat(RemotePath.of("/gone")).onErrorComplete().block(PATIENCE))
        .isNull();
  }

  @Test
  void aDirectoryThatIsALinkOutIsNotEntered() throws IOException {
    link("link", outside);

    for (Publisher<?> attempt : attempts(RemotePath.of("/link/file"))) {
      assertThat(refusal(attempt).error()).isEqualTo(FileError.NOT_FOUND);
    }
    assertRefused(FileError.NOT_FOUND, files.session().createDirectory(RemotePath.of("/link/new")));
    assertRefused(
        FileError.NOT_FOUND,
        files.session().createSymbolicLink(RemotePath.of("/link/new"), "file"));
    assertRefused(
        FileError.NOT_FOUND,
        files.session().rename(RemotePath.of("/link/file"), RemotePath.of("/stolen")));
    assertThat(contents(outside)).containsExactly("file");
  }

  @Test
  void nothingIsWrittenThroughALinkOut() throws IOException {
    link("file", outside.resolve("file"));
    link("new", outside.resolve("new"));

    for (WriteMode mode :
        List.of(
            WriteMode.replace(),
            new WriteMode.Replace(false),
            WriteMode.append(),
            WriteMode.at(0))) {
      assertThat(refusal(files.write("/file", mode, "x")).error()).isEqualTo(FileError.NOT_FOUND);
      assertThat(refusal(files.write("/new", mode, "x")).error()).isEqualTo(FileError.NOT_FOUND);
    }
    for (String taken : List.of("/file", "/new")) { // by a link, wherever that leads
      assertThat(refusal(files.write(taken, WriteMode.createNew(), "x")).error())
          .isEqualTo(FileError.ALREADY_EXISTS);
    }
    assertThat(contents(outside)).containsExactly("file");
    assertThat(Files.readString(outside.resolve("file"))).isEqualTo(SECRET);
  }

  @Test
  void aLinkThatLeadsOutThroughAnotherLinkIsFollowedNoFurther() throws IOException {
    Files.createDirectory(root.resolve("a"));
    link("a/up", Path.of("../a/../.."));
    link("hop", Path.of("a/up/outside/file"));
    link("chain", Path.of("hop"));

    assertRefused(FileError.NOT_FOUND, files.session().stat(RemotePath.of("/chain")));
    assertRefused(FileError.NOT_FOUND, files.session().stat(RemotePath.of("/a/up/outside/file")));
  }

  @Test
  void anAbsoluteLinkBelowTheRootIsFollowed() throws IOException {
    Files.writeString(root.resolve("file"), "inside");
    link("link", root.toRealPath().resolve("file"));

    assertThat(files.read("/link")).isEqualTo("inside");
    assertThat(files.session().readLink(RemotePath.of("/link")).block(PATIENCE)).isEqualTo("/file");
  }

  @Test
  void readingALinkNeverShowsWhereTheRootIs() throws IOException {
    link("out", outside.resolve("file"));
    link("up", Path.of("../home/file"));

    for (String path : List.of("/out", "/up")) {
      assertRefused(FileError.PERMISSION_DENIED, files.session().readLink(RemotePath.of(path)));
      FileEntry entry = files.session().lstat(RemotePath.of(path)).block(PATIENCE);
      assertThat(entry.attributes().linkTarget()).isNull();
    }
    List<FileEntry> entries = files.session().list(RemotePath.root()).collectList().block(PATIENCE);
    assertThat(entries).hasSize(2).allMatch(entry -> entry.attributes().linkTarget() == null);
  }

  @Test
  void aClientCannotStoreALinkThatClimbsAboveTheRoot() {
    assertRefused(
        FileError.PERMISSION_DENIED,
        files.session().createSymbolicLink(RemotePath.of("/link"), "../outside/file"));
    assertThat(files.names("/")).isEmpty();
  }

  @Test
  void aClientsAbsoluteLinkStaysInside() throws IOException {
    files.session().createSymbolicLink(RemotePath.of("/link"), "/etc/passwd").block(PATIENCE);

    assertThat(Files.readSymbolicLink(root.resolve("link")))
        .isEqualTo(root.toRealPath().resolve("etc/passwd"));
  }

  @Test
  void aFileOutsideIsNotLinkedIn() throws IOException {
    link("link", outside);

    assertRefused(
        FileError.NOT_FOUND,
        files.session().createHardLink(RemotePath.of("/stolen"), RemotePath.of("/link/file")));
    assertRefused(
        FileError.NOT_FOUND,
        files
            .session()
            .createHardLink(RemotePath.of("/stolen"), RemotePath.of("/../outside/file")));
    assertThat(files.names("/")).containsExactly("link");
  }

  @Test
  void aFileIsNotMovedOut() throws IOException {
    Files.writeString(root.resolve("file"), "inside");
    link("link", outside);

    assertRefused(
        FileError.NOT_FOUND,
        files.session().rename(RemotePath.of("/file"), RemotePath.of("/link/moved")));
    assertRefused(
        FileError.NOT_FOUND,
        files.session().copy(RemotePath.of("/file"), RemotePath.of("/link/copied")));
    assertThat(contents(outside)).containsExactly("file");
  }

  @Test
  void renamingOverALinkReplacesTheLink() throws IOException {
    Files.writeString(root.resolve("file"), "inside");
    link("link", outside.resolve("file"));

    files.session().rename(RemotePath.of("/file"), RemotePath.of("/link")).block(PATIENCE);

    assertThat(files.read("/link")).isEqualTo("inside");
    assertThat(Files.readString(outside.resolve("file"))).isEqualTo(SECRET);
  }

  @Test
  void theRootItselfIsNotChanged() {
    assertRefused(FileError.PERMISSION_DENIED, files.session().deleteDirectory(RemotePath.root()));
    assertRefused(
        FileError.PERMISSION_DENIED, files.session().rename(RemotePath.root(), RemotePath.root()));
    assertRefused(FileError.ALREADY_EXISTS, files.session().createDirectory(RemotePath.root()));
  }

  @Test
  void aPathOfManyElementsIsRefusedInTime() {
    assertRefused(FileError.NOT_FOUND, files.session().stat(RemotePath.of("/a".repeat(2000))));
  }

  @Test
  void linksThatMultiplyAreRefusedInTime() throws IOException {
    Files.createDirectory(root.resolve("d"));
    link("0", Path.of("d"));
    for (int i = 1; i < 30; i++) {
      link(String.valueOf(i), Path.of((i - 1) + "/../" + (i - 1)));
    }

    assertRefused(FileError.LINK_LOOP, files.session().stat(RemotePath.of("/29")));
  }

  private List<Publisher<?>> attempts(RemotePath path) {
    return List.of(
        files.session().stat(path),
        files.session().list(path),
        files.session().read(path, ByteRange.all()),
        files.session().open(path, OpenMode.READ),
        files.session().setAttributes(path, AttributeChange.none().withPermissions(0777)),
        files.session().checksum(path, ChecksumAlgorithm.MD5, ByteRange.all()),
        files.session().copy(path, RemotePath.of("/copy")));
  }

  private Path link(String name, Path target) throws IOException {
    return Files.createSymbolicLink(root.resolve(name), target);
  }

  private static List<String> contents(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
    }
  }
}
