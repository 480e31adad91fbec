package dev.sluice.ssh.peer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * What a program did that ran to its end.
 *
 * @param exitCode 0 when it says that all went well
 * @param stdout its standard output, at most 16 MiB, as UTF-8
 * @param stderr its standard error, as UTF-8
 */
public record Run(List<String> command, int exitCode, String stdout, String stderr) {
  private static final int MOST_OUTPUT = 16 << 20;

  /**
   * Runs a command in {@code home} with a hard deadline.
   *
   * @param input what its standard input holds
   * @throws PeerFailure when it cannot start or does not end in time; then it has been killed
   */
  public static Run of(List<String> command, Path input, Path home, Duration deadline) {
    try {
      Path out = Files.createTempFile(home, "out", "");
      Path err = Files.createTempFile(home, "err", "");
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .redirectInput(input.toFile())
              .redirectOutput(out.toFile())
              .redirectError(err.toFile());
      builder.environment().remove("SSH_AUTH_SOCK");
      builder.environment().putAll(Map.of("HOME", home.toString(), "LC_ALL", "C.UTF-8"));
      Process process = builder.start();
      boolean ended = endsWithin(process, deadline);
      if (!ended) {
        kill(process);
      }
      Run run = new Run(command, ended ? process.exitValue() : -1, text(out), text(err));
      if (!ended) {
        throw new PeerFailure("killed at its deadline of " + deadline + ": " + run);
      }
      return run;
    } catch (IOException e) {
      throw new PeerFailure("cannot run " + command, e);
    }
  }

  /** As {@link #of(List, Path, Path, Duration)} with nothing on standard input. */
  public static Run of(List<String> command, Path home) {
    return of(command, Path.of("/dev/null"), home, Duration.ofSeconds(60));
  }

  /** Returns this run, or throws {@link PeerFailure} with its output when it failed. */
  public Run requireSuccess() {
    if (exitCode != 0) {
      throw new PeerFailure(toString());
    }
    return this;
  }

  static void kill(Process process) {
    List<ProcessHandle> children = process.descendants().toList();
    process.destroy();
    children.forEach(ProcessHandle::destroy);
    if (!endsWithin(process, Duration.ofSeconds(2))) {
      process.destroyForcibly();
    }
    Stream.concat(children.stream(), process.descendants()).forEach(ProcessHandle::destroyForcibly);
    endsWithin(process, Duration.ofSeconds(5));
  }

  static boolean endsWithin(Process process, Duration limit) {
    try {
      return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
      throw new PeerFailure("interrupted while " + process.info() + " ran", e);
    }
  }

  private static String text(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return new String(in.readNBytes(MOST_OUTPUT), StandardCharsets.UTF_8);
    }
  }

  @Override
  public String toString() {
    return String.join(" ", command) + "\nended with " + exitCode + "\n" + stdout + stderr;
  }
}
