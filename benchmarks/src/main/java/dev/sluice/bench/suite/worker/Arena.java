package dev.sluice.bench.suite.worker;

import dev.sluice.ssh.peer.Run;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;

/**
 * The files of a run, in memory: one big file, a directory of many small ones, and keys. Servers
 * and clients get hard links, so that no octet is stored twice.
 *
 * @param base the directory of all
 */
public record Arena(Path base) implements AutoCloseable {
  /** The name of the big file everywhere. */
  public static final String FILE = "file";

  /** The name of the directory of small files everywhere. */
  public static final String MANY = "many";

  private static final int SMALL_OCTETS = 4096;
  private static final int BLOCK = 1 << 20;

  /** Fills a new one. */
  public static Arena create(long octets, int files) throws IOException {
    Arena arena = new Arena(Files.createTempDirectory("sluice-bench-").toRealPath());
    arena.base.toFile().setExecutable(true, false);
    arena.write(octets);
    Path many = Files.createDirectory(arena.base.resolve(MANY));
    Random random = new Random(octets);
    for (int i = 0; i < files; i++) {
      byte[] content = new byte[SMALL_OCTETS];
      random.nextBytes(content);
      Files.write(many.resolve(String.format(Locale.ROOT, "f%05d", i)), content);
    }
    arena.generate(arena.hostKey());
    arena.generate(arena.userKey());
    return arena;
  }

  /** The big file. */
  public Path original() {
    return base.resolve(FILE);
  }

  /** The private key of SSH servers in Java. */
  public Path hostKey() {
    return base.resolve("host");
  }

  /** The private key of the user of SSH servers. */
  public Path userKey() {
    return base.resolve("user");
  }

  /** A new, empty directory. */
  public Path directory(String name) throws IOException {
    return Files.createTempDirectory(base, name + "-");
  }

  /** Links all files into {@code directory}. */
  public void fill(Path directory) throws IOException {
    Files.createLink(directory.resolve(FILE), original());
    Path many = Files.createDirectory(directory.resolve(MANY));
    try (Stream<Path> files = Files.list(base.resolve(MANY))) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.createLink(many.resolve(file.getFileName()), file);
      }
    }
  }

  /** Deletes a file, or a directory with all in it; nothing when it is not there. */
  public static void delete(Path tree) throws IOException {
    if (!Files.exists(tree)) {
      return;
    }
    try (Stream<Path> paths = Files.walk(tree)) {
      for (Path path : (Iterable<Path>) paths.sorted(Comparator.reverseOrder())::iterator) {
        Files.deleteIfExists(path);
      }
    }
  }

  @Override
  public void close() throws IOException {
    delete(base);
  }

  private void write(long octets) throws IOException {
    byte[] block = new byte[BLOCK];
    Random random = new Random(octets);
    try (OutputStream out = Files.newOutputStream(original())) {
      for (long left = octets; left > 0; left -= BLOCK) {
        random.nextBytes(block);
        out.write(block, 0, (int) Math.min(left, BLOCK));
      }
    }
  }

  private void generate(Path key) {
    Run.of(
            List.of("ssh-keygen", "-q", "-N", "", "-t", "ecdsa", "-b", "256", "-f", key.toString()),
            base)
        .requireSuccess();
  }
}
