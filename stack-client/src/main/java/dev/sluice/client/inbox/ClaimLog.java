package dev.sluice.client.inbox;

import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.api.RawName;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The file of a store of claims: a first line that says what it is, then a line for each change.
 * {@code +} and a digest adds a file, {@code -} removes it; eight digits at the end are a check, by
 * which a line that was cut is recognised. Blocks; used by one thread at a time.
 */
final class ClaimLog {
  private static final String MAGIC = "sluice-claims-1";
  private static final int DIGITS = 32;
  private static final int CHECK = 8;
  private static final int LINE = 1 + DIGITS + CHECK + 1;

  /** Lines out of date that are not worth a new file. */
  private static final int FEW = 1000;

  private final Path file;
  private final FileChannel locked;
  private @Nullable FileChannel out;
  private long lines;

  private ClaimLog(Path file, FileChannel locked) {
    this.file = file;
    this.locked = locked;
  }

  /** Opens the file, and adds what it holds to {@code finished}, in order. */
  static ClaimLog open(Path file, Set<String> finished) throws IOException {
    ClaimLog log = new ClaimLog(file, lock(file));
    try {
      log.read(finished);
      return log;
    } catch (IOException | RuntimeException e) {
      log.close();
      throw e;
    }
  }

  private static FileChannel lock(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(
            beside(file, ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock = null;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      // this process has it
    } finally {
      if (lock == null) {
        channel.close();
      }
    }
    if (lock == null) {
      throw new FileFailure(
          FileError.BUSY, "the store of claims " + file + " is in use; give each process its own");
    }
    return channel;
  }

  private void read(Set<String> finished) throws IOException {
    if (!Files.exists(file) || Files.size(file) <= MAGIC.length()) {
      write(finished);
      return;
    }
    long whole = 0;
    try (Stream<String> all = Files.lines(file, StandardCharsets.ISO_8859_1)) {
      var each = all.iterator();
      if (!MAGIC.equals(each.next())) {
        throw new FileFailure(
            FileError.ALREADY_EXISTS, file + " is no store of claims; name another file");
      }
      while (each.hasNext()) {
        String line = each.next();
        if (isWhole(line)) {
          whole++;
          apply(line, finished);
        }
      }
    }
    if (Files.size(file) == MAGIC.length() + 1 + whole * LINE) {
      lines = whole;
      out = FileChannel.open(file, StandardOpenOption.APPEND);
    } else {
      write(finished); // a line was cut
    }
  }

  private static void apply(String line, Set<String> finished) {
    String key = line.substring(1, 1 + DIGITS);
    if (line.charAt(0) == '+') {
      finished.add(key);
    } else {
      finished.remove(key);
    }
  }

  /** Adds a finished file; it is on the disk when this returns. */
  void add(String key) throws IOException {
    append('+', key);
    opened().force(false);
  }

  /** Removes a file; that may get lost. */
  void remove(String key) throws IOException {
    append('-', key);
  }

  private void append(char sign, String key) throws IOException {
    FileChannel channel = opened();
    long before = channel.size();
    try {
      writeFully(channel, line(sign, key));
    } catch (IOException e) {
      channel.truncate(before); // nothing may follow half a line
      throw e;
    }
    lines++;
  }

  /** Writes the file anew if most of it is out of date. */
  void shorten(int live, Supplier<List<String>> keys) throws IOException {
    if (lines > 2L * live + FEW) {
      write(keys.get());
    }
  }

  /** The new file takes the name when it is on the disk. */
  private void write(Collection<String> keys) throws IOException {
    Path part = beside(file, ".new");
    try (FileChannel channel =
        FileChannel.open(
            part,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      StringBuilder text = new StringBuilder(MAGIC).append('\n');
      for (String key : keys) {
        text.append(line('+', key));
      }
      writeFully(channel, text.toString());
      channel.force(true);
    }
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    forceDirectory();
    lines = keys.size();
    FileChannel before = out;
    out = FileChannel.open(file, StandardOpenOption.APPEND);
    if (before != null) {
      before.close();
    }
  }

  /** The new name must survive as well, where the system lets a directory be forced. */
  private void forceDirectory() {
    Path directory = file.toAbsolutePath().getParent();
    if (directory != null) {
      try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
        channel.force(true);
      } catch (IOException e) {
        return; // Windows does not
      }
    }
  }

  void close() throws IOException {
    FileChannel channel = out;
    out = null;
    try (locked) {
      if (channel != null) {
        channel.close();
      }
    }
  }

  private FileChannel opened() throws IOException {
    FileChannel channel = out;
    if (channel == null) {
      throw new IOException(file + " was closed");
    }
    return channel;
  }

  private static void writeFully(FileChannel channel, String text) throws IOException {
    ByteBuffer octets = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    while (octets.hasRemaining()) {
      channel.write(octets);
    }
  }

  private static boolean isWhole(String line) {
    return line.length() == LINE - 1
        && (line.charAt(0) == '+' || line.charAt(0) == '-')
        && line(line.charAt(0), line.substring(1, 1 + DIGITS)).equals(line + "\n");
  }

  private static String line(char sign, String key) {
    return sign + key + digest(sign + key).substring(0, CHECK) + "\n";
  }

  private static Path beside(Path file, String suffix) {
    return file.resolveSibling(file.getFileName() + suffix);
  }

  /** Stands for a key: 32 hexadecimal digits. */
  static String digest(String key) {
    try {
      byte[] sum = MessageDigest.getInstance("SHA-256").digest(RawName.encode(key));
      return HexFormat.of().formatHex(sum, 0, DIGITS / 2);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
