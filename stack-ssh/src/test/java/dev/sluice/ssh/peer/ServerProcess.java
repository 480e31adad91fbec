package dev.sluice.ssh.peer;

import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A server's process, from the moment its identification was seen until {@link #close()}. */
public final class ServerProcess implements AutoCloseable {
  private static final Duration START_DEADLINE = Duration.ofSeconds(20);
  private static final Duration BETWEEN_TRIES = Duration.ofMillis(50);
  private static final int GREETING_MILLIS = 5000;

  private final List<String> command;
  private final Scratch scratch;
  private final int port;
  private Process process;

  private ServerProcess(List<String> command, Scratch scratch, int port) {
    this.command = command;
    this.scratch = scratch;
    this.port = port;
    this.process = launch(command, scratch.file("log"));
  }

  /** Starts one and waits until its port greets. */
  public static ServerProcess start(List<String> command, Scratch scratch, int port) {
    ServerProcess server = new ServerProcess(command, scratch, port);
    server.awaitGreeting();
    return server;
  }

  /** Kills it and its sessions at once, and starts it again as before. */
  public void restart() {
    List<ProcessHandle> children = process.descendants().toList();
    process.destroyForcibly();
    children.forEach(ProcessHandle::destroyForcibly);
    Run.endsWithin(process, START_DEADLINE);
    process = launch(command, scratch.file("log"));
    awaitGreeting();
  }

  private void awaitGreeting() {
    long deadline = System.nanoTime() + START_DEADLINE.toNanos();
    while (!greets(port)) {
      boolean ended = Run.endsWithin(process, BETWEEN_TRIES);
      if (ended || System.nanoTime() - deadline > 0) {
        close();
        throw new PeerFailure(command + " does not serve: " + scratch.read("log"));
      }
    }
  }

  public long pid() {
    return process.pid();
  }

  @Override
  public void close() {
    Run.kill(process);
  }

  private static Process launch(List<String> command, Path log) {
    try {
      return new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
          .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
          .start();
    } catch (IOException e) {
      throw new PeerFailure("cannot start " + command, e);
    }
  }

  private static boolean greets(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress("127.0.0.1", port), GREETING_MILLIS);
      socket.setSoTimeout(GREETING_MILLIS);
      return socket.getInputStream().read() == 'S';
    } catch (IOException notYet) {
      return false;
    }
  }
}
