package dev.sluice.ssh;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Adds lines to a file that other programs, and other sessions of this one, also write to. Blocks
 * for up to {@link #PATIENCE}: call it off the event loop.
 */
final class RecordFile {
  /** The longest wait for another writer. */
  static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  /** A file lock belongs to the whole JVM: its threads need another lock among themselves. */
  private static final ReentrantLock WRITERS = new ReentrantLock();

  private RecordFile() {}

  /** Decides, while nobody else writes, which lines are still missing. */
  interface Lines {
    List<String> missing() throws IOException;
  }

  /** Adds what is missing. If the file or its directory has to be created, it is made private. */
  static void append(Path file, Lines lines) throws IOException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    try {
      if (!WRITERS.tryLock(PATIENCE.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new IOException("another writer holds it");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    try {
      create(file);
      try (FileChannel channel =
              FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
          FileLock held = lock(channel, deadline)) {
        if (!held.isValid()) {
          throw new IOException("the lock was lost");
        }
        write(channel, lines.missing());
      }
    } finally {
      WRITERS.unlock();
    }
  }

  private static FileLock lock(FileChannel channel, long deadline) throws IOException {
    FileLock lock = channel.tryLock();
    while (lock == null) {
      if (System.nanoTime() - deadline > 0) {
        throw new IOException("another program holds its lock");
      }
      LockSupport.parkNanos(PAUSE_NANOS);
      lock = channel.tryLock();
    }
    return lock;
  }

  /** One write, so that no reader sees half a line; the last line may lack its end. */
  private static void write(FileChannel channel, List<String> lines) throws IOException {
    if (lines.isEmpty()) {
      return;
    }
    long size = channel.size();
    String text = (endsInsideALine(channel, size) ? "\n" : "") + String.join("\n", lines) + "\n";
    ByteBuffer octets = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    channel.position(size);
    while (octets.hasRemaining()) {
      channel.write(octets);
    }
    channel.force(true);
  }

  private static boolean endsInsideALine(FileChannel channel, long size) throws IOException {
    ByteBuffer last = ByteBuffer.allocate(1);
    return size > 0 && channel.read(last, size - 1) == 1 && last.get(0) != '\n';
  }

  private static void create(Path file) throws IOException {
    if (Files.exists(file)) {
      return;
    }
    Path directory = file.toAbsolutePath().getParent();
    if (directory != null && !Files.exists(directory)) {
      Files.createDirectories(directory, attributes(directory, "rwx------"));
    }
    FileChannel.open(
            file,
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
            attributes(file, "rw-------"))
        .close();
  }

  private static FileAttribute<?>[] attributes(Path of, String mode) {
    return of.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))
        }
        : new FileAttribute<?>[0];
  }
}
