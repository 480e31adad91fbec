package dev.sluice.bench.suite.contender;

import dev.sluice.bench.suite.worker.Arena;
import dev.sluice.bench.suite.worker.Endpoint;
import dev.sluice.ssh.peer.Run;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A program as people run it: each run is a process of its own, and all of it counts, from its
 * start to its end.
 *
 * @param name in tables
 * @param missing why it cannot be started here; empty = it can
 * @param words of its command lines
 */
record Program(String name, String missing, Words words) implements Client {
  private static final Duration DEADLINE = Duration.ofMinutes(10);

  /** The words of a command line. A program that cannot do something throws. */
  interface Words {
    /** What the environment holds besides. */
    default Map<String, String> environment(Endpoint server) {
      return Map.of();
    }

    /** Fetches one file. */
    List<String> down(Endpoint server, String remote, Path local);

    /** Sends one file. */
    List<String> up(Endpoint server, Path local, String remote);

    /** Makes a directory like one on the server. */
    List<String> manyDown(Endpoint server, String remote, Path local);

    /** Makes a directory on the server like one here. */
    List<String> manyUp(Endpoint server, Path local, String remote);
  }

  @Override
  public Running start(Arena arena) throws IOException {
    return new RunningProgram(words, arena.directory("program"));
  }

  private record RunningProgram(Words words, Path home) implements Running {

    @Override
    public Spent down(Endpoint server, String remote, Path local) {
      return run(server, words.down(server, remote, local));
    }

    @Override
    public Spent up(Endpoint server, Path local, String remote) {
      return run(server, words.up(server, local, remote));
    }

    @Override
    public Spent manyDown(Endpoint server, String remote, Path local, int count) {
      return run(server, words.manyDown(server, remote, local));
    }

    @Override
    public Spent manyUp(Endpoint server, Path local, String remote, int count) {
      return run(server, words.manyUp(server, local, remote));
    }

    private Spent run(Endpoint server, List<String> line) {
      List<String> command = new ArrayList<>(List.of("env"));
      words.environment(server).forEach((name, value) -> command.add(name + "=" + value));
      command.addAll(line);
      double before = ProcessMeter.endedCpuSeconds();
      long begun = System.nanoTime();
      Run.of(command, Path.of("/dev/null"), home, DEADLINE).requireSuccess();
      double seconds = (System.nanoTime() - begun) / 1e9;
      return new Spent(seconds, ProcessMeter.endedCpuSeconds() - before);
    }

    @Override
    public void close() {
      try {
        Arena.delete(home);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
