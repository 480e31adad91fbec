package dev.sluice.bench.suite;

import dev.sluice.bench.suite.contender.Arena;
import dev.sluice.bench.suite.contender.Pair;
import dev.sluice.bench.suite.contender.Spent;
import dev.sluice.bench.suite.report.Figure;
import dev.sluice.bench.suite.report.Parts;
import dev.sluice.bench.suite.report.Results;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Lets pairs do the same things in turn, so that a machine that grows slower does so for all.
 *
 * <p>Round 0 is that of fresh processes and counts apart, then some do not count, then those that
 * do. A pair that fails drops out, and is named.
 */
final class Tournament {
  private final Results results;
  private final Arena arena;
  private final int warmups;
  private final int rounds;

  /**
   * @param warmups rounds behind the first that do not count; -1 = the first counts, too
   */
  Tournament(Results results, Arena arena, int warmups, int rounds) {
    this.results = results;
    this.arena = arena;
    this.warmups = warmups;
    this.rounds = rounds;
  }

  /** Plays one part of the suite. */
  void play(String part, List<Pair> pairs, List<Event> events) {
    List<Bout> bouts = start(part, pairs);
    Map<Bout, Map<Event, List<Spent>>> runs = new HashMap<>();
    try {
      for (int round = 0; round <= warmups + rounds; round++) {
        for (Event event : events) {
          for (Bout bout : List.copyOf(bouts)) {
            if (!run(part, bout, event, round, runs)) {
              bouts.remove(bout);
              close(bout);
            }
          }
        }
        Collections.reverse(bouts); // nobody is always behind the same one
      }
      inOrder(pairs, bouts).forEach(bout -> report(part, bout, events, runs));
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
        fail(part, pair, "does not start", failure);
      }
    }
    return bouts;
  }

  private boolean run(
      String part, Bout bout, Event event, int round, Map<Bout, Map<Event, List<Spent>>> runs) {
    try {
      Spent spent = event.trial().run(bout, round == 0);
      runs.computeIfAbsent(bout, its -> new HashMap<>())
          .computeIfAbsent(event, its -> new ArrayList<>())
          .add(spent);
      System.err.printf(
          Locale.ROOT,
          "%s %s %s, %s, round %d: %.1f %s%n",
          bout.pair().protocol(),
          part,
          event.what(),
          bout.pair(),
          round,
          event.work() / spent.seconds(),
          event.unit());
      return true;
    } catch (IOException | RuntimeException failure) {
      fail(part, bout.pair(), event.what() + " in round " + round, failure);
      return false;
    }
  }

  private void report(
      String part, Bout bout, List<Event> events, Map<Bout, Map<Event, List<Spent>>> runs) {
    for (Event event : events) {
      List<Spent> all = runs.getOrDefault(bout, Map.of()).getOrDefault(event, List.of());
      List<Spent> counted = all.subList(warmups + 1, all.size());
      List<Double> rates = counted.stream().map(it -> event.work() / it.seconds()).toList();
      Figure figure = Figure.of(part, bout.pair(), event.what(), event.unit(), rates);
      results.add(warmups < 0 ? figure : figure.withCold(event.work() / all.get(0).seconds()));
    }
    for (Event event : events) {
      if (event.gibibytes() > 0) {
        List<Spent> all = runs.getOrDefault(bout, Map.of()).getOrDefault(event, List.of());
        List<Double> cpu =
            all.subList(warmups + 1, all.size()).stream()
                .map(it -> it.cpuSeconds() / event.gibibytes())
                .toList();
        results.add(Figure.of(part, bout.pair(), event.what() + Parts.CPU, "CPU s/GiB", cpu));
      }
    }
  }

  private static List<Bout> inOrder(List<Pair> pairs, List<Bout> bouts) {
    return pairs.stream()
        .flatMap(pair -> bouts.stream().filter(bout -> bout.pair().equals(pair)))
        .toList();
  }

  private void close(Bout bout) {
    try {
      bout.close();
    } catch (IOException | RuntimeException failure) {
      fail("end", bout.pair(), "does not end", failure);
    }
  }

  private void fail(String part, Pair pair, String what, Exception failure) {
    String line =
        "failed: %s %s, %s: %s: %s"
            .formatted(
                pair.protocol().label(),
                part,
                pair,
                what,
                String.valueOf(failure.getMessage()).replaceAll("\\s+", " "));
    System.err.println(line);
    results.leaveOut(line);
  }
}
