package dev.sluice.bench.suite;

import dev.sluice.bench.suite.contender.Pair;
import dev.sluice.bench.suite.contender.ProcessMeter;
import dev.sluice.bench.suite.contender.Server;
import dev.sluice.bench.suite.contender.WorkerClient;
import dev.sluice.bench.suite.contender.WorkerClient.RunningWorker;
import dev.sluice.bench.suite.report.Figure;
import dev.sluice.bench.suite.report.Parts;
import dev.sluice.bench.suite.report.Results;
import dev.sluice.bench.suite.worker.Arena;
import dev.sluice.bench.suite.worker.Endpoint;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;

/**
 * What a session that does nothing costs a server: memory after opening many minus memory before,
 * divided by their number. What the first sessions load once is loaded before. For a server in
 * Java, only the heap counts: how much memory the process takes from the system is the collector's
 * choice.
 */
final class IdleSessions {
  private static final double KIBI = 1024;
  private static final int FIRST = 10;

  private final Results results;
  private final Arena arena;
  private final int sessions;

  IdleSessions(Results results, Arena arena, int sessions) {
    this.results = results;
    this.arena = arena;
    this.sessions = sessions;
  }

  void measure(List<Pair> pairs) {
    for (Pair pair : pairs) {
      if (!pair.missing().isEmpty()) {
        results.leaveOut("missing: " + pair.missing());
        continue;
      }
      try {
        measure(pair);
      } catch (IOException | RuntimeException failure) {
        results.leaveOut(
            "failed: %s %s, %s: %s"
                .formatted(pair.protocol().label(), Parts.IDLE, pair.server().name(), failure));
      }
    }
  }

  private void measure(Pair pair) throws IOException {
    WorkerClient holder = (WorkerClient) pair.client();
    try (Server.Running server = pair.server().start(arena);
        RunningWorker client = holder.start(arena)) {
      Endpoint endpoint = server.endpoint();
      client.hold(endpoint, FIRST);
      Use before = Use.of(server);
      client.hold(endpoint, sessions);
      Use behind = Use.of(server);
      client.release(endpoint);
      if (behind.heap().isPresent() && before.heap().isPresent()) {
        long more = behind.heap().getAsLong() - before.heap().getAsLong();
        add(pair, Parts.HEAP, "KiB", more / KIBI / sessions);
      } else {
        add(pair, Parts.MEMORY, "KiB PSS", (double) (behind.pss() - before.pss()) / sessions);
      }
      add(pair, Parts.THREADS, "in all", (double) behind.threads());
    }
  }

  private void add(Pair pair, String what, String unit, double value) {
    results.add(Figure.of(Parts.IDLE, pair, what, unit, List.of(value)));
  }

  /** What a server uses; collects garbage first where there is any. */
  private record Use(OptionalLong heap, long pss, long threads) {
    static Use of(Server.Running server) {
      OptionalLong heap = server.heap();
      long pss = ProcessMeter.proportionalKibibytes(server.pid());
      return new Use(heap, pss, server.threads());
    }
  }
}
