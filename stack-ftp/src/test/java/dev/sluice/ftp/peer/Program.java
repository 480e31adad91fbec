package dev.sluice.ftp.peer;

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
 * Runs a program to its end, with an empty home directory and a hard deadline.
 *
 * <p>Output goes through files, so that a program never stalls on a full pipe; at most 16 MiB of
 * each stream are kept.
 */
final class Program {
  private static final int MOST_OUTPUT_BYTES = 16 << 20;

  private Program() {}

  /**
   * Runs the command with the text as its standard input.
   *
   * @throws PeerFailure when it cannot start or does not end in time; then it has been killed
   */
  static ProgramRun run(List<String> command, String input, Duration deadline) {
    return run(command, input, deadline, Map.of());
  }

  static ProgramRun run(
      List<String> command, String input, Duration deadline, Map<String, String> environment) {
    try (Workspace home = Workspace.create("run")) {
      Path out = home.base().resolve("out");
      Path err = home.base().resolve("err");
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.environment().putAll(environment(home.base()));
      builder.environment().putAll(environment);
      builder
          .redirectInput(home.write("in", input).toFile())
          .redirectOutput(out.toFile())
          .redirectError(err.toFile());
      long start = System.nanoTime();
      Process process = builder.start();
      boolean ended = awaitEnd(process, deadline);
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      int exitCode = ended ? process.exitValue() : -1;
      ProgramRun run = new ProgramRun(command, exitCode, text(out), text(err), took);
      if (!ended) {
        throw new PeerFailure("killed at its deadline of " + deadline + ": " + run);
      }
      return run;
    } catch (IOException e) {
      throw new PeerFailure("cannot run " + command, e);
    }
  }

  /** Kills the process and everything it started, and waits until it is gone. */
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

  /** The same as a crash would: nothing is asked to end. */
  static void killAtOnce(Process process) {
    // A child that it begins meanwhile would live on, and keep the port.
    pause(process);
    List<ProcessHandle> children = process.descendants().toList();
    process.destroyForcibly();
    children.forEach(ProcessHandle::destroyForcibly);
    endsWithin(process, Duration.ofSeconds(5));
    children.forEach(child -> child.onExit().completeOnTimeout(child, 5, TimeUnit.SECONDS).join());
  }

  private static void pause(Process process) {
    try {
      Process signal =
          new ProcessBuilder("kill", "-STOP", String.valueOf(process.pid()))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      endsWithin(signal, Duration.ofSeconds(5));
    } catch (IOException e) {
      throw new PeerFailure("cannot run kill", e);
    }
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

  private static boolean awaitEnd(Process process, Duration deadline) {
    boolean ended = endsWithin(process, deadline);
    if (!ended) {
      kill(process);
    }
    return ended;
  }

  // A peer must not read the settings or passwords of whoever runs the tests.
  private static Map<String, String> environment(Path home) {
    return Map.of(
        "HOME", home.toString(),
        "XDG_CONFIG_HOME", home.resolve("config").toString(),
        "LC_ALL", "C.UTF-8",
        "TZ", "UTC",
        "TERM", "dumb");
  }

  private static String text(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return new String(in.readNBytes(MOST_OUTPUT_BYTES), StandardCharsets.UTF_8);
    }
  }
}
