package dev.sluice.ftp.peer;

import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * A server's process, from the moment its greeting was seen until {@link #close()}.
 *
 * <p>Its output goes to the workspace's log.
 */
final class ServerProcess implements AutoCloseable {
  private static final Duration START_DEADLINE = Duration.ofSeconds(15);
  private static final Duration BETWEEN_TRIES = Duration.ofMillis(20);

  private final List<String> command;
  private final Workspace workspace;
  private final BooleanSupplier greets;
  private Process process;

  private ServerProcess(List<String> command, Workspace workspace, BooleanSupplier greets) {
    this.command = command;
    this.workspace = workspace;
    this.greets = greets;
    this.process = launch(command, workspace);
  }

  /**
   * Starts the command and waits until {@code greets} says so.
   *
   * @throws PeerFailure with the end of the log when it ends or stays silent instead
   */
  static ServerProcess start(List<String> command, Workspace workspace, BooleanSupplier greets) {
    ServerProcess server = new ServerProcess(command, workspace, greets);
    server.awaitGreeting();
    return server;
  }

  /** Kills it and its sessions at once, and starts it again as before. */
  void restart() {
    Program.killAtOnce(process);
    process = launch(command, workspace);
    awaitGreeting();
  }

  private void awaitGreeting() {
    long deadline = System.nanoTime() + START_DEADLINE.toNanos();
    while (!greets.getAsBoolean()) {
      boolean ended = Program.endsWithin(process, BETWEEN_TRIES);
      if (ended || System.nanoTime() - deadline > 0) {
        close();
        String why = ended ? "ended with " + process.exitValue() : "never greeted";
        throw new PeerFailure(command + " " + why + ": " + workspace.logTail());
      }
    }
  }

  long pid() {
    return process.pid();
  }

  @Override
  public void close() {
    Program.kill(process);
  }

  private static Process launch(List<String> command, Workspace workspace) {
    try {
      ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
      builder.environment().put("TZ", "UTC");
      builder.environment().put("LC_ALL", "C.UTF-8");
      return builder
          .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
          .redirectOutput(ProcessBuilder.Redirect.appendTo(workspace.logFile().toFile()))
          .start();
    } catch (IOException e) {
      throw new PeerFailure("cannot start " + command, e);
    }
  }
}
