package dev.sluice.storage.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;

/**
 * Temporary files that a crash has left. They are invisible, so a directory that looks empty could
 * not be deleted; in that case they are removed once they are old.
 */
final class Leftovers {
  /** A file that is untouched for this long no longer belongs to an upload. */
  static final Duration STALE_AFTER = Duration.ofHours(24);

  /** A file that was just created may not be locked yet. */
  private static final Duration LOCKED_WITHIN = Duration.ofSeconds(10);

  private static final int MAX_REMOVED = 10_000;

  private Leftovers() {}

  /**
   * Removes the files that a process which no longer runs has left below {@code root}, without
   * following links. May take long; unreadable entries are skipped.
   *
   * @return how many files were removed
   */
  static int sweep(Path root) throws IOException {
    int[] removed = {0};
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            Path name = file.getFileName();
            if (name != null
                && attributes.isRegularFile()
                && TemporaryNames.matches(name.toString())
                && !TemporaryNames.isInUse(name)
                && (isOld(attributes) || isAbandoned(file, attributes))) {
              Quietly.run(() -> remove(file));
              removed[0]++;
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failure) {
            return FileVisitResult.CONTINUE;
          }
        });
    return removed[0];
  }

  /** Nobody has seen the file, so nobody is to see that it goes: its directory keeps its time. */
  private static void remove(Path file) throws IOException {
    Path directory = Objects.requireNonNull(file.getParent());
    FileTime before = Files.getLastModifiedTime(directory);
    Files.delete(file);
    Files.setLastModifiedTime(directory, before);
  }

  /**
   * A process that writes a file holds a lock on it, which ends with the process. Do not call this
   * for files of this process: closing any channel of a file releases all its locks.
   */
  private static boolean isAbandoned(Path file, BasicFileAttributes attributes) {
    if (attributes.lastModifiedTime().toInstant().isAfter(Instant.now().minus(LOCKED_WITHIN))) {
      return false;
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      return lock != null;
    } catch (OverlappingFileLockException | IOException e) {
      return false; // unknown
    }
  }

  private static boolean isOld(BasicFileAttributes attributes) {
    return attributes.lastModifiedTime().toInstant().isBefore(Instant.now().minus(STALE_AFTER));
  }

  /**
   * Empties the directory at {@code place} if everything in it is stale; false = it contains other
   * entries.
   */
  static boolean removeAll(Place place) throws IOException {
    List<Path> stale = new ArrayList<>();
    try (Directory directory = place.directory().open(place.name())) {
      for (Iterator<Path> names = directory.names(); names.hasNext(); ) {
        Path name = names.next().getFileName();
        if (stale.size() == MAX_REMOVED || !isStale(directory, name)) {
          return false;
        }
        stale.add(name);
      }
      for (Path name : stale) {
        directory.deleteFile(name);
      }
    }
    return !stale.isEmpty();
  }

  private static boolean isStale(Directory directory, Path name) throws IOException {
    return TemporaryNames.matches(name.toString()) && isOld(directory.attributes(name));
  }
}
