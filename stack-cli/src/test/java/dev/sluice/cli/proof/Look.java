package dev.sluice.cli.proof;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/** Looks at directories; a file that has not changed since the last look is not read again. */
final class Look {
  private static final int PIECE = 1 << 20;

  private final Map<Object, Sum> sums = new HashMap<>();
  private final ByteBuffer piece = ByteBuffer.allocateDirect(PIECE);

  /** What a file held when it was of this version. */
  private record Sum(Object version, long sum) {}

  /**
   * An entry.
   *
   * @param kind {@code -}, {@code d} or {@code l}
   * @param sum of its octets
   * @param link where it points
   */
  record Entry(char kind, long size, long sum, String mode, Instant modified, String link) {
    /** The same octets, as far as a checksum shows it. */
    boolean isCopyOf(Entry other) {
      return kind == other.kind
          && size == other.size
          && sum == other.sum
          && link.equals(other.link);
    }
  }

  /** Everything below {@code root}, by its path from there; what goes meanwhile is left out. */
  Map<Path, Entry> at(Path root) throws IOException {
    Map<Path, Entry> all = new TreeMap<>();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes found)
              throws IOException {
            return directory.equals(root) ? FileVisitResult.CONTINUE : visitFile(directory, found);
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes found)
              throws IOException {
            try {
              all.put(root.relativize(file), entry(file));
            } catch (java.nio.file.NoSuchFileException gone) {
              return FileVisitResult.CONTINUE;
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException why) throws IOException {
            if (why instanceof java.nio.file.NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw why;
          }
        });
    return all;
  }

  private Entry entry(Path file) throws IOException {
    PosixFileAttributes found =
        Files.readAttributes(file, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    String mode = PosixFilePermissions.toString(found.permissions());
    Instant modified = found.lastModifiedTime().toInstant().truncatedTo(ChronoUnit.SECONDS);
    if (found.isSymbolicLink()) {
      return new Entry('l', 0, 0, "", Instant.EPOCH, Files.readSymbolicLink(file).toString());
    }
    return found.isDirectory()
        ? new Entry('d', 0, 0, mode, modified, "")
        : new Entry('-', found.size(), sum(file), mode, modified, "");
  }

  private long sum(Path file) throws IOException {
    Object key = Files.getAttribute(file, "unix:ino");
    Object version = version(file);
    Sum known = sums.get(key);
    while (known == null || !known.version().equals(version)) {
      known = new Sum(version, read(file));
      version = version(file);
    }
    sums.put(key, known);
    return known.sum();
  }

  private static Object version(Path file) throws IOException {
    return Files.readAttributes(file, "unix:ino,size,lastModifiedTime,ctime");
  }

  private long read(Path file) throws IOException {
    CRC32C sum = new CRC32C();
    try (FileChannel channel = FileChannel.open(file)) {
      piece.clear();
      while (channel.read(piece) >= 0) {
        sum.update(piece.flip());
        piece.clear();
      }
    }
    return sum.getValue();
  }
}
