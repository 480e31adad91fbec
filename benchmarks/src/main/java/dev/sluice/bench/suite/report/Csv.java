package dev.sluice.bench.suite.report;

import dev.sluice.bench.suite.worker.Protocol;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The figures as comma-separated values (RFC 4180), one figure a line. */
final class Csv {
  private static final String HEADER = "part,protocol,client,server,what,unit,median,cold,values";

  private Csv() {}

  static String of(List<Figure> figures) {
    return figures.stream().map(Csv::line).collect(Collectors.joining("\n", HEADER + "\n", "\n"));
  }

  private static String line(Figure figure) {
    return String.join(
        ",",
        figure.part(),
        figure.protocol().name(),
        figure.client(),
        figure.server(),
        figure.what(),
        figure.unit(),
        number(figure.median()),
        number(figure.cold()),
        figure.values().stream().map(Csv::number).collect(Collectors.joining(" ")));
  }

  /** Reads what {@link #of} has written. */
  static List<Figure> parse(List<String> lines) {
    return lines.stream().skip(1).map(Csv::figure).toList();
  }

  private static Figure figure(String line) {
    List<String> words = List.of(line.split(",", -1));
    return new Figure(
        words.get(0),
        Protocol.valueOf(words.get(1)),
        words.get(2),
        words.get(3),
        words.get(4),
        words.get(5),
        Stream.of(words.get(8).split(" ", -1)).map(Double::valueOf).toList(),
        words.get(7).isEmpty()
            ? OptionalDouble.empty()
            : OptionalDouble.of(Double.parseDouble(words.get(7))));
  }

  private static String number(OptionalDouble value) {
    return value.isPresent() ? number(value.getAsDouble()) : "";
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }
}
