package dev.sluice.testing.inbox;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Files that arrive in a directory of a server: most are renamed into it when they are whole, every
 * twentieth is written in place, piece by piece.
 */
final class Arrivals {
  private static final int SLOW = 20;
  private static final int PIECES = 8;
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  /** A pause after which the file may have been taken for finished. */
  private static final long LONG_NANOS =
      ConsumerProgram.EVERY.toNanos() * (ConsumerProgram.STABLE - 2);

  private final Path directory;
  private final Path aside;
  private final long seed;
  private final Set<String> interrupted = ConcurrentHashMap.newKeySet();

  Arrivals(Path root, long seed) throws IOException {
    this.directory = Files.createDirectories(root.resolve("in"));
    this.aside = Files.createDirectories(root.resolve("aside"));
    this.seed = seed;
  }

  /** Files whose writer had to pause for so long that a part of them may have been taken. */
  Set<String> interrupted() {
    return interrupted;
  }

  Path directory() {
    return directory;
  }

  static String name(int number) {
    return switch (number % 50) {
      case 7 -> "two words " + number;
      case 13 -> "two\nlines " + number;
      default -> "file" + number + ".csv";
    };
  }

  byte[] content(int number) {
    Random random = new Random(seed + number);
    byte[] octets = new byte[100 + random.nextInt(20_000)];
    random.nextBytes(octets);
    return octets;
  }

  void arrive(int number) throws IOException {
    if (number % SLOW == 3) {
      writeSlowly(number);
      return;
    }
    Path whole = aside.resolve(Integer.toString(number));
    Files.write(whole, content(number));
    Files.move(whole, directory.resolve(name(number)), StandardCopyOption.ATOMIC_MOVE);
  }

  private void writeSlowly(int number) throws IOException {
    byte[] content = content(number);
    int piece = content.length / PIECES + 1;
    try (OutputStream out = Files.newOutputStream(directory.resolve(name(number)))) {
      long last = System.nanoTime();
      for (int from = 0; from < content.length; from += piece) {
        out.write(Arrays.copyOfRange(content, from, Math.min(content.length, from + piece)));
        long now = System.nanoTime();
        if (now - last > LONG_NANOS) {
          interrupted.add(name(number));
        }
        last = now;
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }
}
