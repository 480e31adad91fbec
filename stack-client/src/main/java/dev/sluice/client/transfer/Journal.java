package dev.sluice.client.transfer;

import dev.sluice.api.FileEntry;
import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.api.IoScheduler;
import dev.sluice.api.RawName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * What a mirror has finished, in a local file: a line that names the job, then a line for each
 * file. A line is a digest of the file's path, size and time, so that a file that has changed since
 * is not taken for finished; its last eight digits are a check, so that a line that was cut is
 * recognised.
 */
final class Journal {
  private static final String MAGIC = "sluice-journal-1 ";
  private static final int DIGITS = 32;
  private static final int CHECK = 8;

  /** Files that are remembered; what is beyond is compared again. */
  private static final int MOST = 1_000_000;

  private final Path file;
  private final Set<String> finished = new HashSet<>();
  private final boolean torn;

  private Journal(Path file, boolean torn) {
    this.file = file;
    this.torn = torn;
  }

  /**
   * Reads what an earlier run has left, or begins.
   *
   * @param job what must be the same to go on
   */
  static Mono<Journal> open(Path file, String job) {
    return Mono.fromCallable(() -> read(file, digest(job)))
        .onErrorMap(
            IOException.class,
            e -> new FileFailure(FileError.IO_ERROR, "the journal " + file + ": " + e, e))
        .subscribeOn(IoScheduler.shared());
  }

  /** Whether a line of the earlier run was not complete. */
  boolean isTorn() {
    return torn;
  }

  Path file() {
    return file;
  }

  /** Whether an earlier run has finished this file, which is unchanged since. */
  synchronized boolean has(FileEntry source) {
    String key = key(source);
    return key != null && finished.contains(key);
  }

  /** Adds a file that is finished. */
  Mono<Void> add(FileEntry source) {
    String key = key(source);
    return key == null
        ? Mono.empty()
        : Mono.<Void>fromRunnable(() -> append(key)).subscribeOn(IoScheduler.shared());
  }

  /** The mirror is complete: the next run begins anew. */
  static Mono<Void> end(Path file) {
    return Mono.<Void>fromCallable(
            () -> {
              Files.deleteIfExists(file);
              return null;
            })
        .subscribeOn(IoScheduler.shared());
  }

  private synchronized void append(String key) {
    if (finished.size() >= MOST || !finished.add(key)) {
      return;
    }
    try {
      Files.writeString(file, line(key), StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Journal read(Path file, String job) throws IOException {
    String header = MAGIC + job;
    if (!Files.exists(file) || Files.size(file) < MAGIC.length()) {
      Files.writeString(file, header + "\n");
      return new Journal(file, false);
    }
    Journal journal;
    try (Stream<String> lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
      var all = lines.iterator();
      if (!header.equals(all.next())) {
        throw new FileFailure(
            FileError.ALREADY_EXISTS,
            "the journal " + file + " belongs to another job; name another file, or delete it");
      }
      Set<String> known = new HashSet<>();
      boolean torn = false;
      while (all.hasNext() && known.size() < MOST) {
        String line = all.next();
        boolean whole =
            line.length() == DIGITS + CHECK && line(line.substring(0, DIGITS)).equals(line + "\n");
        torn |= !whole;
        if (whole) {
          known.add(line.substring(0, DIGITS));
        }
      }
      journal = new Journal(file, torn);
      journal.finished.addAll(known);
    }
    if (!endsWithNewline(file)) {
      Files.writeString(file, "\n", StandardOpenOption.APPEND);
    }
    return journal;
  }

  private static boolean endsWithNewline(Path file) throws IOException {
    try (var channel = Files.newByteChannel(file)) {
      channel.position(channel.size() - 1);
      var last = ByteBuffer.allocate(1);
      return channel.read(last) == 1 && last.get(0) == '\n';
    }
  }

  private static String line(String key) {
    return key + digest(key).substring(0, CHECK) + "\n";
  }

  private static @Nullable String key(FileEntry source) {
    return source.attributes().modified() == null || !source.attributes().hasSize()
        ? null
        : version(source);
  }

  /** Stands for the path, the size and the time of a file; 32 hexadecimal digits. */
  static String version(FileEntry source) {
    return digest(source.path() + " " + source.size() + " " + source.attributes().modified());
  }

  private static String digest(String text) {
    try {
      byte[] sum = MessageDigest.getInstance("SHA-256").digest(RawName.encode(text));
      return HexFormat.of().formatHex(sum, 0, DIGITS / 2);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
