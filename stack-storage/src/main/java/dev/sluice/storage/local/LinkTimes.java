package dev.sluice.storage.local;

import dev.sluice.api.FileError;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.SecureRandom;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Sets the times of a symbolic link in an open directory.
 *
 * <p>Java does that only by path, and a path could lead elsewhere by now. On Linux {@code
 * /proc/self/fd/N} is the open directory itself, wherever it has been moved; but Java does not
 * reveal the number of a descriptor. So the directory is opened once more, at a random position,
 * and the position identifies the number in {@code /proc/self/fdinfo}. Since no other code uses
 * that descriptor, its number stays valid until it is closed here.
 *
 * <p>{@code UNSUPPORTED} without {@code /proc}, on a file system whose directories have no
 * positions, and in a process with more than {@value #MOST_DESCRIPTORS} open files.
 */
final class LinkTimes {
  private static final int MOST_DESCRIPTORS = 4096;
  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
  private static final Path POSITIONS = Path.of("/proc/self/fdinfo");
  private static final SecureRandom RANDOM = new SecureRandom();

  private LinkTimes() {}

  /**
   * @param modified null = unchanged
   * @param accessed null = unchanged
   */
  static void set(
      SecureDirectory in, Path name, @Nullable FileTime modified, @Nullable FileTime accessed)
      throws IOException {
    try (FileChannel own = in.channel(Path.of("."), Set.of(StandardOpenOption.READ))) {
      Path directory = DESCRIPTORS.resolve(number(own));
      Object opened = Files.readAttributes(directory, BasicFileAttributes.class).fileKey();
      if (!Objects.equals(opened, in.key())) {
        throw unsupported();
      }
      Files.getFileAttributeView(
              directory.resolve(name), BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
          .setTimes(modified, accessed, null);
    }
  }

  private static Path number(FileChannel own) throws IOException {
    int mark = RANDOM.nextInt() & Integer.MAX_VALUE;
    if (!Files.isDirectory(POSITIONS) || own.position(mark).position() != mark) {
      throw unsupported();
    }
    String line = "pos:\t" + mark + "\n";
    int seen = 0;
    try (DirectoryStream<Path> all = Files.newDirectoryStream(POSITIONS)) {
      for (Path each : all) {
        if (++seen > MOST_DESCRIPTORS) {
          break;
        }
        if (begins(each, line)) {
          return each.getFileName();
        }
      }
    }
    throw unsupported();
  }

  private static boolean begins(Path info, String line) {
    try {
      return Files.readString(info).startsWith(line);
    } catch (IOException closedMeanwhile) {
      return false;
    }
  }

  private static Refused unsupported() {
    return new Refused(FileError.UNSUPPORTED, "times of a link itself cannot be set here");
  }
}
