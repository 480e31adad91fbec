package dev.sluice.bench.suite;

import dev.sluice.bench.suite.contender.Pair;
import dev.sluice.bench.suite.contender.Spent;
import dev.sluice.bench.suite.report.Results;
import dev.sluice.bench.suite.worker.Arena;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Lets pairs do the same things in turn, so that a machine that becomes slower does so for all.
 *
 * <p>The first run of fresh processes is counted separately. Then each pair warms up until it no
 * longer gets faster: a virtual machine compiles for a long time, especially with few processors. A
 * pair that fails drops out, and is named.
 */
final class Tournament {
  private static final double FASTER = 0.97;
  private static final Duration LONGEST_WARM_UP = Duration.ofSeconds(60);

  private enum Kind {
    COLD("cold"),
    WARM_UP("warm-up"),
    FIRST("counted, first"),
    COUNTED("counted");

    final String label;

    Kind(String label) {
      this.label = label;
    }
  }

  private final Results results;
  private final Arena arena;
  private final int patience;
  private final int rounds;

  /**
   * @param patience runs that are no faster than an earlier one, until a pair is warm; 0 = the
   *     first run counts like all others
   */
  Tournament(Results results, Arena arena, int patience, int rounds) {
    this.results = results;
    this.arena = arena;
    this.patience = patience;
    this.rounds = rounds;
  }

  /** Plays one part of the suite. */
  void play(String part, List<Pair> pairs, List<Event> events) {
    List<Bout> started = start(part, pairs);
    List<Bout> bouts = new ArrayList<>(started);
    try {
      if (patience > 0) {
        inTurn(part, bouts, bout -> runAll(part, bout, events, Kind.COLD, bout.tally()::cold));
        inTurn(part, bouts, bout -> warmUp(part, bout, events));
      }
      for (int round = 1; round <= rounds; round++) {
        Kind kind = round == 1 && patience == 0 ? Kind.FIRST : Kind.COUNTED;
        for (Event event : events) {
          inTurn(part, bouts, bout -> bout.tally().count(event, run(part, bout, event, kind)));
        }
        Collections.reverse(bouts); // no pair always follows the same other
      }
      started.stream()
          .filter(bouts::contains)
          .flatMap(bout -> bout.tally().figures(part, bout.pair(), events).stream())
          .forEach(results::add);
    } finally {
      bouts.forEach(this::close);
    }
  }

  private List<Bout> start(String part, List<Pair> pairs) {
    List<Bout> bouts = new ArrayList<>();
    for (Pair pair : pairs) {
      if (!pair.missing().isEmpty()) {
        results.leaveOut("missing: " + pair.missing());
        continue;
      }
      try {
        bouts.add(Bout.start(pair, arena));
      } catch (IOException | RuntimeException failure) {
        fail(part, pair, failure);
      }
    }
    return bouts;
  }

  private interface Move {
    void by(Bout bout) throws IOException;
  }

  private void inTurn(String part, List<Bout> bouts, Move move) {
    for (Bout bout : List.copyOf(bouts)) {
      try {
        move.by(bout);
      } catch (IOException | RuntimeException failure) {
        fail(part, bout.pair(), failure);
        bouts.remove(bout);
        close(bout);
      }
    }
  }

  private interface Taking {
    void take(Event event, Spent spent);
  }

  private void runAll(String part, Bout bout, List<Event> events, Kind kind, Taking taking)
      throws IOException {
    for (Event event : events) {
      taking.take(event, run(part, bout, event, kind));
    }
  }

  private void warmUp(String part, Bout bout, List<Event> events) throws IOException {
    Map<Event, Double> best = new LinkedHashMap<>();
    int inVain = 0;
    long end = System.nanoTime() + LONGEST_WARM_UP.toNanos();
    while (inVain < patience && System.nanoTime() < end) {
      List<Event> faster = new ArrayList<>();
      runAll(
          part,
          bout,
          events,
          Kind.WARM_UP,
          (event, spent) -> {
            double before = best.getOrDefault(event, Double.MAX_VALUE);
            if (spent.seconds() < FASTER * before) {
              best.put(event, spent.seconds());
              faster.add(event);
            }
          });
      inVain = faster.isEmpty() ? inVain + 1 : 0;
    }
  }

  private Spent run(String part, Bout bout, Event event, Kind kind) throws IOException {
    Spent spent = event.trial().run(bout, kind == Kind.COLD || kind == Kind.FIRST);
    System.err.printf(
        Locale.ROOT,
        "%s %s %s, %s, %s: %.1f %s%n",
        bout.pair().protocol(),
        part,
        event.what(),
        bout.pair(),
        kind.label,
        event.work() / spent.seconds(),
        event.unit());
    return spent;
  }

  private void close(Bout bout) {
    try {
      bout.close();
    } catch (IOException | RuntimeException failure) {
      fail("end", bout.pair(), failure);
    }
  }

  private void fail(String part, Pair pair, Exception failure) {
    String line =
        "failed: %s %s, %s: %s"
            .formatted(
                pair.protocol().label(),
                part,
                pair,
                String.valueOf(failure.getMessage()).replaceAll("\\s+", " "));
    System.err.println(line);
    results.leaveOut(line);
  }
}
