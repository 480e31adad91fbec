package dev.sluice.testing.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.client.blocking.BlockingOptions;
import dev.sluice.client.nio.ServerFileSystems;
import dev.sluice.client.pool.PoolOptions;
import dev.sluice.testing.TestServers;
import dev.sluice.transport.connect.ClientSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.ClosedFileSystemException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What java.nio.file.Files does, with servers of each protocol. */
final class FileSystemTest {
  private static final Instant THEN = Instant.parse("2001-02-03T04:05:06Z");

  @RegisterExtension static final TestServers servers = TestServers.create().user("ann", "secret");

  @ParameterizedTest
  @ValueSource(strings = {"ftp", "ftpes", "sftp"})
  void filesAreWrittenReadAndReplaced(String scheme) throws IOException {
    try (FileSystem remote = open(scheme)) {
      Path file = remote.getPath("/file");
      Files.writeString(file, "hello");
      Files.writeString(file, " world", StandardOpenOption.APPEND);
      assertThat(Files.readString(file)).isEqualTo("hello world");
      assertThat(Files.size(file)).isEqualTo(11);
      Files.writeString(file, "new");
      assertThat(servers.files().text("/file")).isEqualTo("new");
      assertThatThrownBy(() -> Files.writeString(file, "x", StandardOpenOption.CREATE_NEW))
          .isInstanceOf(FileAlreadyExistsException.class);
      assertThat(Files.readAllLines(file)).containsExactly("new");
      Files.write(file, new byte[0]);
      assertThat(servers.files().read("/file")).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp", "ftpes", "sftp"})
  void treesAreMadeWalkedCopiedAndDeleted(String scheme, @TempDir Path local) throws IOException {
    try (FileSystem remote = open(scheme)) {
      Path top = remote.getPath("/a");
      Files.createDirectories(top.resolve("b/c"));
      Files.writeString(top.resolve("b/x.csv"), "1");
      Files.writeString(top.resolve("b/c/y.txt"), "22");

      assertThat(names(top)).containsExactlyInAnyOrder("", "b", "b/x.csv", "b/c", "b/c/y.txt");
      try (Stream<Path> found =
          Files.find(top, 9, (path, of) -> of.size() == 2 && of.isRegularFile())) {
        assertThat(found.map(Path::toString)).containsExactly("/a/b/c/y.txt");
      }
      try (var csv = Files.newDirectoryStream(top.resolve("b"), "*.csv")) {
        assertThat(csv).containsExactly(top.resolve("b/x.csv"));
      }
      copyTree(top, local.resolve("copy"));
      assertThat(local.resolve("copy/b/c/y.txt")).hasContent("22");
      copyTree(local.resolve("copy"), remote.getPath("/again"));
      assertThat(servers.files().text("/again/b/c/y.txt")).isEqualTo("22");

      assertThatThrownBy(() -> Files.delete(top.resolve("b")))
          .isInstanceOfAny(DirectoryNotEmptyException.class, IOException.class);
      try (Stream<Path> all = Files.walk(top)) {
        for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(each);
        }
      }
      assertThat(Files.exists(top)).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp", "ftpes", "sftp"})
  void filesAreCopiedAndMovedInsideTheServer(String scheme) throws IOException {
    try (FileSystem remote = open(scheme)) {
      Path one = Files.writeString(remote.getPath("/one"), "1");
      Path two = Files.writeString(remote.getPath("/two"), "22");

      assertThatThrownBy(() -> Files.copy(one, two)).isInstanceOf(FileAlreadyExistsException.class);
      assertThatThrownBy(() -> Files.move(one, two)).isInstanceOf(FileAlreadyExistsException.class);
      Files.copy(one, two, StandardCopyOption.REPLACE_EXISTING);
      assertThat(Files.readString(two)).isEqualTo("1");
      Files.move(one, remote.getPath("/three"));
      assertThat(Files.exists(one)).isFalse();
      Files.writeString(one, "new");
      Files.move(one, two, StandardCopyOption.REPLACE_EXISTING);
      assertThat(servers.files().text("/two")).isEqualTo("new");
      assertThat(servers.files().list("/")).containsExactly("three", "two");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp", "ftpes", "sftp"})
  void attributesAreReadAndSet(String scheme) throws IOException {
    try (FileSystem remote = open(scheme)) {
      Path file = Files.writeString(remote.getPath("/file"), "12345");
      Files.setLastModifiedTime(file, FileTime.from(THEN));

      BasicFileAttributes read = Files.readAttributes(file, BasicFileAttributes.class);
      assertThat(read.lastModifiedTime().toInstant()).isEqualTo(THEN);
      assertThat(read.isRegularFile()).isTrue();
      assertThat(read.size()).isEqualTo(5);
      assertThat(Files.readAttributes(file, "size,lastModifiedTime"))
          .containsEntry("size", 5L)
          .containsEntry("lastModifiedTime", FileTime.from(THEN));
      assertThat(Files.isDirectory(remote.getPath("/"))).isTrue();
    }
  }

  @Test
  void permissionsAndLinksAreThoseOfTheServer() throws IOException {
    try (FileSystem remote = open("sftp")) {
      Path file = Files.writeString(remote.getPath("/file"), "12345");
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
      assertThat(Files.readAttributes(file, PosixFileAttributes.class).permissions())
          .isEqualTo(PosixFilePermissions.fromString("rw-r-----"));
      assertThat(Files.getAttribute(file, "posix:permissions"))
          .isEqualTo(PosixFilePermissions.fromString("rw-r-----"));

      Path link = Files.createSymbolicLink(remote.getPath("/link"), Path.of("file"));
      assertThat(Files.isSymbolicLink(link)).isTrue();
      assertThat(Files.readSymbolicLink(link)).hasToString("file");
      assertThat(Files.readString(link)).isEqualTo("12345");
      Path other =
          Files.createFile(
              remote.getPath("/private"),
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      assertThat(Files.getPosixFilePermissions(other))
          .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp", "ftpes", "sftp"})
  void whatIsMissingIsReportedAsByTheDisk(String scheme) throws IOException {
    servers.files().write("/file", "x");
    try (FileSystem remote = open(scheme)) {
      Path none = remote.getPath("/none");
      assertThatThrownBy(() -> Files.readString(none)).isInstanceOf(NoSuchFileException.class);
      assertThatThrownBy(() -> Files.delete(none)).isInstanceOf(NoSuchFileException.class);
      assertThat(Files.deleteIfExists(none)).isFalse();
      assertThatThrownBy(
              () -> {
                try (var listed = Files.newDirectoryStream(remote.getPath("/file"))) {
                  assertThat(listed).isEmpty();
                }
              })
          .isInstanceOf(NotDirectoryException.class);
      Files.createDirectory(remote.getPath("/d"));
      assertThatThrownBy(() -> Files.createDirectory(remote.getPath("/d")))
          .isInstanceOf(FileAlreadyExistsException.class);
      Files.createDirectories(remote.getPath("/d"));
    }
  }

  @Test
  void theUriOpensIt() throws IOException {
    servers.files().write("/in/a b%~", "hello");
    URI uri = Targets.server(servers, "sftp").uri();
    UnaryOperator<ClientSettings> trust = c -> Targets.trusting(servers, "sftp", c);
    ClassLoader loader = FileSystemTest.class.getClassLoader();
    try (FileSystem remote =
        FileSystems.newFileSystem(
            uri, Map.of("password", "secret".toCharArray(), "settings", trust), loader)) {
      Path file = remote.getPath("/in", "a b%~");
      assertThat(Files.readString(file)).isEqualTo("hello");
      assertThat(file.toUri()).hasToString(uri + "/in/a%20b%25~");
      assertThat(remote.provider().getPath(file.toUri())).isEqualTo(file);
      assertThatThrownBy(() -> remote.provider().newFileSystem(uri, Map.of("password", "secret")))
          .isInstanceOf(FileSystemAlreadyExistsException.class);
    }
    assertThatThrownBy(() -> FileSystems.newFileSystem(uri, Map.of("pasword", "s3cret"), loader))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("pasword")
        .hasMessageNotContaining("s3cret");
  }

  @Test
  void aClosedOneIsClosed() throws IOException {
    FileSystem remote = open("sftp");
    Path file = remote.getPath("/x");
    remote.close();

    assertThat(remote.isOpen()).isFalse();
    assertThatThrownBy(() -> Files.readString(file)).isInstanceOf(ClosedFileSystemException.class);
  }

  @Test
  void pathsAreResolvedAndRelatedAsThoseOfTheDisk() throws IOException {
    Path disk = Path.of("/a/b");
    try (FileSystem remote = open("sftp")) {
      Path ours = remote.getPath("/a/b");
      for (String other : List.of("c", "c/d", "../x", "/abs", ".", "", "..", "./c/../d")) {
        assertThat(ours.resolve(other)).as(other).hasToString(disk.resolve(other).toString());
        assertThat(ours.resolve(other).normalize())
            .as(other)
            .hasToString(disk.resolve(other).normalize().toString());
        assertThat(remote.getPath(other).getNameCount())
            .as(other)
            .isEqualTo(Path.of(other).getNameCount());
        assertThat(String.valueOf(remote.getPath(other).getParent()))
            .as(other)
            .isEqualTo(String.valueOf(Path.of(other).getParent()));
        assertThat(String.valueOf(remote.getPath(other).getFileName()))
            .as(other)
            .isEqualTo(String.valueOf(Path.of(other).getFileName()));
      }
      assertThat(ours.relativize(remote.getPath("/a/c/d"))).hasToString("../c/d");
      assertThat(ours.startsWith("/a")).isTrue();
      assertThat(ours.endsWith("b")).isTrue();
      assertThat(ours.endsWith("a")).isFalse();
      assertThat(ours.iterator()).toIterable().hasSize(2);
    }
  }

  private static FileSystem open(String scheme) {
    return ServerFileSystems.of(
        Targets.client(servers, scheme), PoolOptions.most(3), BlockingOptions.DEFAULT);
  }

  private static List<String> names(Path top) throws IOException {
    try (Stream<Path> all = Files.walk(top)) {
      return all.map(path -> top.relativize(path).toString()).toList();
    }
  }

  private static void copyTree(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path each : all.toList()) {
        Files.copy(each, to.resolve(from.relativize(each).toString()));
      }
    }
  }
}
