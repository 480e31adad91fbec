package dev.sluice.bench.suite;

import dev.sluice.bench.suite.Plan.Part;
import dev.sluice.bench.suite.contender.Pair;
import dev.sluice.bench.suite.contender.Pairs;
import dev.sluice.bench.suite.contender.WorkerClient.RunningWorker;
import dev.sluice.bench.suite.report.Parts;
import dev.sluice.bench.suite.report.Report;
import dev.sluice.bench.suite.report.Results;
import dev.sluice.bench.suite.worker.Arena;
import dev.sluice.bench.suite.worker.Protocol;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** {@code sluice bench}: whole programs side by side, in one run, files in memory. */
public final class Suite {
  private static final List<Integer> LONG_WAYS_MILLIS = List.of(1, 50, 100, 150);
  private static final int NO_WARM_UP = 0;
  private static final int SLOWER = 5; // small files over TLS, where each resumes a session
  private static final int USAGE = 2;

  private final Plan plan;
  private final Results results = new Results();

  private Suite(Plan plan) {
    this.plan = plan;
  }

  /** Takes the options of {@link Plan}. */
  public static void main(String[] args) throws IOException {
    if (List.of(args).contains("--help")) {
      System.out.println(Plan.USAGE);
      return;
    }
    Plan plan;
    try {
      plan = Plan.parse(List.of(args));
    } catch (IllegalArgumentException wrong) {
      System.err.println("sluice bench: cannot understand " + wrong.getMessage());
      System.err.println(Plan.USAGE);
      System.exit(USAGE);
      return;
    }
    Runtime.getRuntime().addShutdownHook(new Thread(Suite::endProcesses, "end"));
    Suite suite = new Suite(plan);
    suite.run();
    System.out.println("wrote " + plan.output().resolve("RESULTS.md"));
    System.exit(0);
  }

  /** Servers of other projects do not notice that they are no longer needed. */
  private static void endProcesses() {
    ProcessHandle.current().descendants().forEach(ProcessHandle::destroy);
  }

  /**
   * The results so far are written after each part, so that an interrupted run leaves something.
   * Results of an earlier run that this one does not measure are kept.
   */
  private void run() throws IOException {
    Report.earlier(plan.output()).stream()
        .filter(figure -> !plan.measures(figure.part(), figure.protocol()))
        .forEach(results::add);
    for (Part part : plan.parts()) {
      switch (part) {
        case BIG -> bigFile();
        case MANY -> manyFiles();
        case LOGINS -> logins();
        case IDLE -> idle();
        case LONG -> longWays();
        case DAILY -> new Daily(plan, results).play();
      }
      new Report(results, how(), LONG_WAYS_MILLIS).write(plan.output());
    }
  }

  private void bigFile() throws IOException {
    List<Event> events =
        List.of(
            Event.file(Parts.DOWN, plan.octets(), Bout::down),
            Event.file(Parts.UP, plan.octets(), Bout::up));
    play(Parts.BIG, Pairs::bigFile, new Setting(plan.octets(), 0, plan.patience()), events);
  }

  private void manyFiles() throws IOException {
    for (Protocol protocol : plan.protocols()) {
      int files = protocol == Protocol.FTPS ? plan.files() / SLOWER : plan.files();
      List<Event> events =
          List.of(
              Event.times(Parts.DOWN, "files/s", files, (bout, thorough) -> bout.manyDown(files)),
              Event.times(Parts.UP, "files/s", files, (bout, thorough) -> bout.manyUp(files)));
      Setting setting = new Setting(1, files, plan.patience());
      play(Parts.MANY, Pairs.manyFiles(protocol), setting, events);
    }
  }

  private void logins() throws IOException {
    Event event =
        Event.times(
            Parts.LOGINS,
            "logins/s",
            plan.logins(),
            (bout, thorough) ->
                ((RunningWorker) bout.client()).logins(bout.endpoint(), plan.logins()));
    play(Parts.LOGINS, Pairs::logins, new Setting(1, 0, plan.patience()), List.of(event));
  }

  private void idle() throws IOException {
    for (Protocol protocol : plan.protocols()) {
      try (Arena arena = Arena.create(1, 0)) {
        new IdleSessions(results, arena, plan.sessions()).measure(Pairs.idle(protocol));
      }
    }
  }

  private void longWays() throws IOException {
    long octets = plan.longWayOctets();
    List<Event> events = new ArrayList<>();
    for (int millis : LONG_WAYS_MILLIS) {
      events.add(
          Event.rate(
              Parts.over(Parts.DOWN, millis),
              octets,
              (bout, thorough) -> {
                bout.over(millis);
                return bout.down(thorough);
              }));
      events.add(
          Event.rate(
              Parts.over(Parts.UP, millis),
              octets,
              (bout, thorough) -> {
                bout.over(millis);
                return bout.up(thorough);
              }));
    }
    play(Parts.LONG, Pairs::longWay, new Setting(octets, 0, NO_WARM_UP), events);
  }

  /**
   * How large the big file is, how many small ones there are, and how patient pairs that warm up
   * are.
   */
  private record Setting(long octets, int files, int patience) {}

  private void play(
      String part, Function<Protocol, List<Pair>> pairs, Setting setting, List<Event> events)
      throws IOException {
    for (Protocol protocol : plan.protocols()) {
      play(part, pairs.apply(protocol), setting, events);
    }
  }

  private void play(String part, List<Pair> pairs, Setting setting, List<Event> events)
      throws IOException {
    try (Arena arena = Arena.create(setting.octets(), setting.files())) {
      new Tournament(results, arena, setting.patience(), plan.rounds()).play(part, pairs, events);
    }
  }

  private String how() {
    return """
        One run of %s. The pairs take turns. Each pair has one cold round, then warms up until %d \
        rounds in a row are no faster, and then %d rounds count. Client and server have their own \
        processes; files are in memory (tmpfs). One big file: %d MiB; long paths: %d MiB over a \
        relay with 1 Gbit/s each way; many files: %d of 4 KiB in one session, a fifth with FTPS; \
        logins: %d in a row; idle sessions: %d. Rates count from the end of the login to the last \
        reply; CPU seconds are those of client and server together. Java clients keep running from \
        round to round. Daily use: each run is a process of its own, from its start to its end, \
        without a warm-up; many files: %d of 4 KiB. Only ratios within this page are meaningful. Parts that this run did not \
        measure come from the run before."""
        .formatted(
            Report.today(),
            plan.patience(),
            plan.rounds(),
            plan.octets() >> 20,
            plan.longWayOctets() >> 20,
            plan.files(),
            plan.logins(),
            plan.sessions(),
            plan.files());
  }
}
