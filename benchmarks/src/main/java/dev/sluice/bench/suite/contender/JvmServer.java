package dev.sluice.bench.suite.contender;

import dev.sluice.bench.suite.worker.Answer;
import dev.sluice.bench.suite.worker.Arena;
import dev.sluice.bench.suite.worker.Endpoint;
import dev.sluice.bench.suite.worker.Protocol;
import dev.sluice.bench.suite.worker.ServerMain;
import dev.sluice.bench.suite.worker.ServerMain.Question;
import dev.sluice.bench.suite.worker.Welcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/**
 * A server in Java, in a process of its own.
 *
 * @param name its name in tables
 * @param protocol what it speaks
 * @param kind what {@link ServerMain} calls it
 */
record JvmServer(String name, Protocol protocol, String kind) implements Server {
  private static final Duration DEADLINE = Duration.ofSeconds(60);

  @Override
  public String missing() {
    return "";
  }

  @Override
  public Running start(Arena arena) throws IOException {
    Path directory = arena.directory(kind);
    Path root = Files.createDirectory(directory.resolve("root"));
    JvmProcess process =
        JvmProcess.start(
            ServerMain.class,
            directory.resolve("log"),
            List.of(kind, root.toString(), arena.hostKey().toString(), arena.userKey().toString()));
    try {
      Welcome welcome = Welcome.decode(process.line(DEADLINE));
      arena.fill(welcome.root());
      return new RunningJvm(process, welcome, directory);
    } catch (IOException | RuntimeException e) {
      process.close();
      throw e;
    }
  }

  private record RunningJvm(JvmProcess process, Welcome welcome, Path directory)
      implements Running {

    @Override
    public Endpoint endpoint() {
      return welcome.endpoint();
    }

    @Override
    public int lastPort() {
      return welcome.lastPort();
    }

    @Override
    public Path root() {
      return welcome.root();
    }

    @Override
    public long pid() {
      return process.pid();
    }

    @Override
    public OptionalLong heap() {
      return OptionalLong.of(ask(Question.HEAP));
    }

    @Override
    public long threads() {
      return ask(Question.THREADS);
    }

    private long ask(Question question) {
      return Answer.decode(process.ask(question.name(), DEADLINE)).number();
    }

    @Override
    public void giveFilesToUser() {
      // It runs as the user who runs the suite.
    }

    @Override
    public void close() throws IOException {
      process.close();
      Arena.delete(directory);
    }
  }
}
