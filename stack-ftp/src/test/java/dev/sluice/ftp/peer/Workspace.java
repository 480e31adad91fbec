package dev.sluice.ftp.peer;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The temporary directory of one peer: its configuration, its log, and the files it serves.
 *
 * @param base the directory itself, which other users may pass through and not read
 */
record Workspace(Path base) implements AutoCloseable {
  private static final int LOG_TAIL_BYTES = 8192;

  static Workspace create(String name) {
    try {
      Path base = Files.createTempDirectory("sluice-" + name + "-").toRealPath();
      Files.setPosixFilePermissions(base, PosixFilePermissions.fromString("rwx--x--x"));
      Files.createDirectory(base.resolve("root"));
      Files.createDirectory(base.resolve("empty"));
      return new Workspace(base);
    } catch (IOException e) {
      throw new PeerFailure("no temporary directory for " + name, e);
    }
  }

  Path root() {
    return base.resolve("root");
  }

  /** An empty directory that only its owner may write to; vsftpd insists on one. */
  Path empty() {
    return base.resolve("empty");
  }

  Path logFile() {
    return base.resolve("log");
  }

  /** Writes a file of configuration, readable by its owner alone, and returns its path. */
  Path write(String name, String content) {
    try {
      Path file = Files.writeString(base.resolve(name), content, StandardCharsets.UTF_8);
      return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    } catch (IOException e) {
      throw new PeerFailure("cannot write " + name + " in " + base, e);
    }
  }

  /** The last lines of the log, or a sentence when there are none. */
  String logTail() {
    try (RandomAccessFile file = new RandomAccessFile(logFile().toFile(), "r")) {
      int size = (int) Math.min(LOG_TAIL_BYTES, file.length());
      file.seek(file.length() - size);
      ByteBuffer tail = ByteBuffer.allocate(size);
      file.readFully(tail.array());
      return StandardCharsets.UTF_8.decode(tail).toString();
    } catch (IOException e) {
      return "(no log: " + e.getMessage() + ")";
    }
  }

  void giveRootTo(PeerAccount account) {
    try (Stream<Path> paths = Files.walk(root())) {
      for (Path path : (Iterable<Path>) paths::iterator) {
        Files.setAttribute(path, "unix:uid", account.uid(), LinkOption.NOFOLLOW_LINKS);
        Files.setAttribute(path, "unix:gid", account.gid(), LinkOption.NOFOLLOW_LINKS);
      }
    } catch (IOException e) {
      throw new PeerFailure("cannot change the owner of " + root(), e);
    }
  }

  @Override
  public void close() {
    try {
      Files.walkFileTree(base, new Deletion());
    } catch (IOException e) {
      throw new PeerFailure("cannot delete " + base, e);
    }
  }

  private static final class Deletion extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.deleteIfExists(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
        throws IOException {
      Files.deleteIfExists(directory);
      return FileVisitResult.CONTINUE;
    }
  }
}
