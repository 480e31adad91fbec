package dev.sluice.bench.suite;

import dev.sluice.bench.suite.contender.Pair;
import dev.sluice.bench.suite.contender.Spent;
import dev.sluice.bench.suite.report.Figure;
import dev.sluice.bench.suite.report.Parts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** What the runs of one pair took. */
final class Tally {
  private final Map<Event, Spent> cold = new HashMap<>();
  private final Map<Event, List<Spent>> counted = new HashMap<>();

  /** A run of fresh processes. */
  void cold(Event event, Spent spent) {
    cold.put(event, spent);
  }

  /** A run that counts. */
  void count(Event event, Spent spent) {
    counted.computeIfAbsent(event, its -> new ArrayList<>()).add(spent);
  }

  /** All figures; every event has a run that counts. */
  List<Figure> figures(String part, Pair pair, List<Event> events) {
    List<Figure> figures = new ArrayList<>();
    for (Event event : events) {
      Figure rate =
          Figure.of(part, pair, event.what(), event.unit(), values(event, run -> rate(event, run)));
      Spent first = cold.get(event);
      figures.add(first == null ? rate : rate.withCold(rate(event, first)));
      if (event.gibibytes() > 0) {
        List<Double> cpu = values(event, run -> run.cpuSeconds() / event.gibibytes());
        figures.add(Figure.of(part, pair, event.what() + Parts.CPU, "CPU s/GiB", cpu));
      }
    }
    return figures;
  }

  private List<Double> values(Event event, ToDoubleFunction<Spent> value) {
    return counted.getOrDefault(event, List.of()).stream().mapToDouble(value).boxed().toList();
  }

  private static double rate(Event event, Spent run) {
    return event.work() / run.seconds();
  }
}
