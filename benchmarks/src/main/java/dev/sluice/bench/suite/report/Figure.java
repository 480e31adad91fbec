package dev.sluice.bench.suite.report;

import dev.sluice.bench.suite.contender.Pair;
import dev.sluice.bench.suite.worker.Protocol;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What came out of the runs of one pair.
 *
 * @param part of the suite
 * @param client its name
 * @param server its name
 * @param what was done: {@code down}, {@code up}, followed by the path or the quantity
 * @param values of the runs that count, one or more
 * @param cold of the first run of fresh processes; empty = not measured separately
 */
public record Figure(
    String part,
    Protocol protocol,
    String client,
    String server,
    String what,
    String unit,
    List<Double> values,
    OptionalDouble cold) {

  public Figure {
    values = values.stream().sorted().toList();
    if (values.isEmpty()) {
      throw new IllegalArgumentException("no values of " + part + " " + what);
    }
  }

  /** Without a cold run. */
  public static Figure of(String part, Pair pair, String what, String unit, List<Double> values) {
    return new Figure(
        part,
        pair.protocol(),
        pair.client().name(),
        pair.server().name(),
        what,
        unit,
        values,
        OptionalDouble.empty());
  }

  /** The same with what the first run of fresh processes came to. */
  public Figure withCold(double first) {
    return new Figure(part, protocol, client, server, what, unit, values, OptionalDouble.of(first));
  }

  /** The one in the middle, or the mean of the two. */
  public double median() {
    int middle = values.size() / 2;
    return values.size() % 2 == 1
        ? values.get(middle)
        : (values.get(middle - 1) + values.get(middle)) / 2;
  }

  public double least() {
    return values.get(0);
  }

  public double most() {
    return values.get(values.size() - 1);
  }

  public String pair() {
    return client + " ↔ " + server;
  }
}
