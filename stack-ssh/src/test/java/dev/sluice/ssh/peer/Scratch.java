package dev.sluice.ssh.peer;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Objects;
import java.util.stream.Stream;

/** A temporary directory of one test or peer. */
public record Scratch(Path base) implements AutoCloseable {

  public static Scratch create(String name) {
    try {
      Path base = Files.createTempDirectory("sluice-" + name + "-").toRealPath();
      Files.setPosixFilePermissions(base, PosixFilePermissions.fromString("rwxr-xr-x"));
      return new Scratch(base);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Path file(String name) {
    return base.resolve(name);
  }

  /** Writes a file that its owner alone can read. */
  public Path write(String name, String content) {
    try {
      Path file = Files.writeString(file(name), content, StandardCharsets.UTF_8);
      return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public String read(String name) {
    try {
      return Files.readString(file(name));
    } catch (IOException e) {
      return "(no " + name + ": " + e.getMessage() + ")";
    }
  }

  /** A copy of a resource beside this class. */
  public Path resource(String name) {
    try (InputStream in = Scratch.class.getResourceAsStream(name)) {
      Files.copy(Objects.requireNonNull(in, name), file(name), StandardCopyOption.REPLACE_EXISTING);
      return file(name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A port that was free a moment ago. */
  public static int freePort() {
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return probe.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try (Stream<Path> paths = Files.walk(base)) {
      for (Path path : (Iterable<Path>) paths.sorted(Comparator.reverseOrder())::iterator) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
