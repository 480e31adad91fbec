package dev.sluice.bench.suite;

import dev.sluice.bench.suite.contender.Pair;
import dev.sluice.bench.suite.contender.Pairs;
import dev.sluice.bench.suite.report.Parts;
import dev.sluice.bench.suite.report.Results;
import dev.sluice.bench.suite.worker.Arena;
import dev.sluice.bench.suite.worker.Protocol;
import java.io.IOException;
import java.util.List;

/**
 * What people do all day: a program is started, moves a file or a directory, and ends. Here and
 * over a path with a round trip of {@value #MILLIS} ms.
 */
final class Daily {
  private static final int MILLIS = 50;
  private static final int NO_WARM_UP = 0;
  private static final int AGAIN = 10; // times as many files that are there already

  private final Plan plan;
  private final Results results;

  Daily(Plan plan, Results results) {
    this.plan = plan;
    this.results = results;
  }

  void play() throws IOException {
    for (Protocol protocol : plan.protocols()) {
      play(Pairs.dailyFile(protocol), plan.octets(), 0, bigFile());
      play(Pairs.dailyTree(protocol), 1, plan.files(), smallFiles());
      int files = AGAIN * plan.files();
      Event again =
          Event.times("again", "files/s", files, (bout, thorough) -> bout.manyAgain(files));
      play(Pairs.dailyAgain(protocol), 1, files, List.of(again));
    }
  }

  private List<Event> bigFile() {
    long octets = plan.octets();
    return List.of(
        Event.file(Parts.DOWN, octets, Bout::down),
        Event.file(Parts.UP, octets, Bout::up),
        Event.rate(Parts.over(Parts.DOWN, MILLIS), octets, far(Bout::down)),
        Event.rate(Parts.over(Parts.UP, MILLIS), octets, far(Bout::up)));
  }

  private List<Event> smallFiles() {
    int files = plan.files();
    Event.Trial down = (bout, thorough) -> bout.manyDown(files);
    Event.Trial up = (bout, thorough) -> bout.manyUp(files);
    String many = Parts.many(Parts.DOWN);
    String manyUp = Parts.many(Parts.UP);
    return List.of(
        Event.times(many, "files/s", files, down),
        Event.times(manyUp, "files/s", files, up),
        Event.times(Parts.over(many, MILLIS), "files/s", files, far(down)),
        Event.times(Parts.over(manyUp, MILLIS), "files/s", files, far(up)));
  }

  /** The same over a long path. */
  private static Event.Trial far(Event.Trial trial) {
    return (bout, thorough) -> {
      bout.over(MILLIS);
      try {
        return trial.run(bout, thorough);
      } finally {
        bout.near();
      }
    };
  }

  private void play(List<Pair> pairs, long octets, int files, List<Event> events)
      throws IOException {
    try (Arena arena = Arena.create(octets, files)) {
      new Tournament(results, arena, NO_WARM_UP, plan.rounds()).play(Parts.DAILY, pairs, events);
    }
  }
}
