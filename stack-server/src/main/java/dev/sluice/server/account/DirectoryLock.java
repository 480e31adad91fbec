package dev.sluice.server.account;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The right to change the files of a directory: one process and one thread at a time has it. Files
 * are replaced as a whole: who reads one sees the old content or the new one.
 */
final class DirectoryLock implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration PAUSE = Duration.ofMillis(20);

  private final Path directory;
  private final FileChannel channel;

  private DirectoryLock(Path directory, FileChannel channel) {
    this.directory = directory;
    this.channel = channel;
  }

  /** Waits for others, for 10 seconds at most. */
  static DirectoryLock on(Path directory) throws IOException {
    Path file = directory.resolve(".lock");
    boolean fresh = !Files.exists(file);
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (fresh) {
        own(file, Files.getOwner(directory));
      }
      long end = System.nanoTime() + PATIENCE.toNanos();
      while (!locked(channel)) {
        if (System.nanoTime() - end > 0) {
          throw new IOException(
              "others have changed users in " + directory + " for 10 seconds; try again");
        }
        LockSupport.parkNanos(PAUSE.toNanos());
      }
      return new DirectoryLock(directory, channel);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /** Makes a directory for its owner alone, who is that of {@code model}. */
  static void make(Path directory, Path model) throws IOException {
    Files.createDirectories(directory, mode(directory, "rwx------"));
    own(directory, Files.getOwner(model));
  }

  /** Writes a file under another name, then renames it; readable for its owner alone. */
  void replace(Path file, String text) throws IOException {
    Path part = Files.createTempFile(directory, ".user", ".part", mode(directory, "rw-------"));
    try {
      try (FileChannel out = FileChannel.open(part, StandardOpenOption.WRITE)) {
        ByteBuffer octets = StandardCharsets.UTF_8.encode(text);
        while (octets.hasRemaining()) {
          out.write(octets);
        }
        out.force(true);
      }
      own(part, Files.getOwner(Files.exists(file) ? file : directory));
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  void delete(Path file) throws IOException {
    Files.delete(file);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private static boolean locked(FileChannel channel) throws IOException {
    try {
      @Nullable FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false; // another thread of this process has it
    }
  }

  /** Root writes files that the server, as another user, must be able to read. */
  private static void own(Path file, UserPrincipal owner) throws IOException {
    if (!Files.getOwner(file, LinkOption.NOFOLLOW_LINKS).equals(owner)) {
      Files.setOwner(file, owner);
    }
  }

  private static FileAttribute<?>[] mode(Path directory, String mode) {
    boolean posix = directory.getFileSystem().supportedFileAttributeViews().contains("posix");
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))
        }
        : new FileAttribute<?>[0];
  }
}
