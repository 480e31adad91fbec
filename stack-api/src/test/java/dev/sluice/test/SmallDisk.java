package dev.sluice.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;

/** A file system of a few MiB, mounted over a directory while a test runs. */
public final class SmallDisk implements AutoCloseable {
  private final Path at;

  private SmallDisk(Path at) {
    this.at = at;
  }

  /** Mounts one; empty = this process may not. */
  public static Optional<SmallDisk> mount(Path at, int mebibytes) {
    boolean done =
        run("mount", "-t", "tmpfs", "-o", "size=" + mebibytes + "m", "tmpfs", at.toString());
    return done ? Optional.of(new SmallDisk(at)) : Optional.empty();
  }

  @Override
  public void close() {
    if (!run("umount", "-l", at.toString())) {
      throw new AssertionError("still mounted: " + at);
    }
  }

  private static boolean run(String... command) {
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
