package dev.sluice.bench.suite.contender;

import dev.sluice.bench.suite.worker.Answer;
import dev.sluice.bench.suite.worker.Arena;
import dev.sluice.bench.suite.worker.Endpoint;
import dev.sluice.bench.suite.worker.Order;
import dev.sluice.bench.suite.worker.Order.Verb;
import dev.sluice.bench.suite.worker.Worker;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A library in Java, in a process of its own.
 *
 * @param name its name in tables
 * @param library what {@link Worker} calls it
 */
public record WorkerClient(String name, String library) implements Client {
  private static final Duration DEADLINE = Duration.ofMinutes(5);

  @Override
  public String missing() {
    return "";
  }

  @Override
  public RunningWorker start(Arena arena) throws IOException {
    Path log = arena.directory(library).resolve("log");
    JvmProcess process = JvmProcess.start(Worker.class, log, List.of(library));
    Answer.decode(process.line(DEADLINE));
    return new RunningWorker(process);
  }

  /** One that waits for orders. */
  public static final class RunningWorker implements Running {
    private final JvmProcess process;

    private RunningWorker(JvmProcess process) {
      this.process = process;
    }

    @Override
    public Spent down(Endpoint server, String remote, Path local) {
      return carryOut(new Order(Verb.DOWN, 0, remote, local.toString(), server));
    }

    @Override
    public Spent up(Endpoint server, Path local, String remote) {
      return carryOut(new Order(Verb.UP, 0, remote, local.toString(), server));
    }

    @Override
    public Spent manyDown(Endpoint server, String remote, Path local, int count) {
      return carryOut(new Order(Verb.MANY_DOWN, count, remote, local.toString(), server));
    }

    @Override
    public Spent manyUp(Endpoint server, Path local, String remote, int count) {
      return carryOut(new Order(Verb.MANY_UP, count, remote, local.toString(), server));
    }

    /** Logs in and out, {@code count} times. */
    public Spent logins(Endpoint server, int count) {
      return carryOut(new Order(Verb.LOGINS, count, "", "", server));
    }

    /** Opens {@code count} sessions, which stay until {@link #release}. */
    public void hold(Endpoint server, int count) {
      carryOut(new Order(Verb.HOLD, count, "", "", server));
    }

    public void release(Endpoint server) {
      carryOut(new Order(Verb.RELEASE, 0, "", "", server));
    }

    @Override
    public void close() {
      process.close();
    }

    private Spent carryOut(Order order) {
      double before = ProcessMeter.cpuSeconds(process.pid());
      long nanos = Answer.decode(process.ask(order.encode(), DEADLINE)).number();
      return new Spent(nanos / 1e9, ProcessMeter.cpuSeconds(process.pid()) - before);
    }
  }
}
