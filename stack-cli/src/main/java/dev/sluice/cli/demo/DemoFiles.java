package dev.sluice.cli.demo;

import dev.sluice.cli.output.Units;
import dev.sluice.cli.status.UsageError;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * The directories of a demonstration: {@code client} and {@code server} below a temporary one,
 * which is removed on close and when the process is asked to end.
 */
public final class DemoFiles implements AutoCloseable {
  private static final Path MEMORY = Path.of("/dev/shm");
  private static final int CHUNK_OCTETS = 1 << 20;

  private final Path home;
  private final Thread hook;

  private DemoFiles(Path home) {
    this.home = home;
    this.hook = new Thread(() -> remove(home), "sluice-demo-files");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** In memory where {@code octets} fit there, else where the system keeps temporary files. */
  public static DemoFiles create(long octets) throws IOException {
    Path base = Path.of(System.getProperty("java.io.tmpdir"));
    if (Files.isWritable(MEMORY) && Files.getFileStore(MEMORY).getUsableSpace() > octets) {
      base = MEMORY;
    }
    if (Files.getFileStore(base).getUsableSpace() <= octets) {
      throw new UsageError(
          "no room for " + Units.octets(octets) + " in " + base + "; choose a smaller --size");
    }
    DemoFiles files = new DemoFiles(Files.createTempDirectory(base, "sluice-demo-"));
    Files.createDirectory(files.client());
    Files.createDirectory(files.server());
    return files;
  }

  public Path home() {
    return home;
  }

  Path client() {
    return home.resolve("client");
  }

  Path server() {
    return home.resolve("server");
  }

  /** Fills a file on the client's side with random octets. */
  public void generate(String name, long octets) throws IOException {
    SplittableRandom random = new SplittableRandom();
    byte[] chunk = new byte[(int) Math.min(CHUNK_OCTETS, octets)];
    try (OutputStream out = Files.newOutputStream(client().resolve(name))) {
      for (long left = octets; left > 0; left -= chunk.length) {
        random.nextBytes(chunk);
        out.write(chunk, 0, (int) Math.min(left, chunk.length));
      }
    }
  }

  /** The SHA-256 of a file, in hexadecimal. */
  static String checksum(Path file) throws IOException {
    try (FileChannel in = FileChannel.open(file)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      ByteBuffer chunk = ByteBuffer.allocate(CHUNK_OCTETS);
      while (in.read(chunk) >= 0) {
        digest.update(chunk.flip());
        chunk.clear();
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  @Override
  public void close() {
    remove(home);
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending: the hook finds nothing to remove.
    }
  }

  private static void remove(Path tree) {
    if (!Files.exists(tree)) {
      return;
    }
    try (Stream<Path> all = Files.walk(tree)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove " + tree + ": " + e.getMessage(), e);
    }
  }
}
