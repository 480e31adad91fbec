package dev.sluice.server.audit;

import dev.sluice.server.config.AuditConfig;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The file of an audit: whole lines at its end, a new file by size and by age. Another program may
 * move it away. Blocks; for one thread at a time.
 */
final class AuditFile {
  private static final Pattern TIME = Pattern.compile("[0-9-]{10}T[0-9:.]{8,}Z");
  private static final int FIRST_LINE = 64;

  private final AuditConfig config;
  private final Clock clock;
  private @Nullable FileChannel channel;
  private @Nullable Object key;
  private Instant begun = Instant.MAX;

  AuditFile(AuditConfig config, Clock clock) {
    this.config = config;
    this.clock = clock;
  }

  /** Writes whole lines: all of them, or none. */
  void write(String lines) throws IOException {
    ByteBuffer octets = ByteBuffer.wrap(lines.getBytes(StandardCharsets.UTF_8));
    FileChannel out = ready(octets.remaining());
    long before = config.toStandardOutput() ? 0 : out.size();
    try {
      while (octets.hasRemaining()) {
        out.write(octets);
      }
    } catch (IOException failure) {
      if (!config.toStandardOutput()) {
        out.truncate(before); // a part of a line would spoil the next one
      }
      throw failure;
    }
  }

  void close() throws IOException {
    FileChannel open = channel;
    channel = null;
    if (open != null && !config.toStandardOutput()) {
      open.close();
    }
  }

  @SuppressWarnings("resource") // standard output is not closed
  private FileChannel ready(int more) throws IOException {
    if (config.toStandardOutput()) {
      FileChannel out =
          channel == null ? new FileOutputStream(FileDescriptor.out).getChannel() : channel;
      channel = out;
      return out;
    }
    FileChannel open = channel;
    if (open == null || !Objects.equals(key, keyOf(config.file()))) {
      open = open();
    }
    Duration age = config.rotateAfter();
    long size = open.size();
    boolean full = size > 0 && size + more > config.rotateAt().number();
    boolean old = size > 0 && age != null && !clock.instant().isBefore(begun.plus(age));
    return full || old ? rotated() : open;
  }

  private FileChannel open() throws IOException {
    close();
    FileAttribute<?>[] mode =
        config.file().getFileSystem().supportedFileAttributeViews().contains("posix")
            ? new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r-----"))
            }
            : new FileAttribute<?>[0];
    FileChannel opened =
        FileChannel.open(
            config.file(), Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND), mode);
    channel = opened;
    key = keyOf(config.file());
    begun = opened.size() == 0 ? clock.instant() : firstTime();
    return opened;
  }

  /** The file that stands there goes to .1, that to .2; the last one is deleted. */
  private FileChannel rotated() throws IOException {
    close();
    Files.deleteIfExists(numbered(config.keep()));
    for (int number = config.keep() - 1; number >= 0; number--) {
      if (Files.exists(numbered(number))) { // there may be fewer than are kept
        Files.move(numbered(number), numbered(number + 1), StandardCopyOption.ATOMIC_MOVE);
      }
    }
    return open();
  }

  /** 0 is the file itself. */
  private Path numbered(int number) {
    Path file = config.file();
    return number == 0 ? file : file.resolveSibling(file.getFileName() + "." + number);
  }

  private static @Nullable Object keyOf(Path file) throws IOException {
    try {
      BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
      return found.fileKey() == null ? file : found.fileKey();
    } catch (NoSuchFileException gone) {
      return null;
    }
  }

  private Instant firstTime() throws IOException {
    try (InputStream in = Files.newInputStream(config.file())) {
      String begin = new String(in.readNBytes(FIRST_LINE), StandardCharsets.ISO_8859_1);
      Matcher time = TIME.matcher(begin);
      return time.find() ? Instant.parse(time.group()) : clock.instant();
    }
  }
}
