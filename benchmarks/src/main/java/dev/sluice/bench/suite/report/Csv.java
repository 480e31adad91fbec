package dev.sluice.bench.suite.report;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** The figures as comma-separated values (RFC 4180), one figure a line. */
final class Csv {
  private static final String HEADER =
      "part,protocol,client,server,what,unit,median,min,max,cold,runs";

  private Csv() {}

  static String of(List<Figure> figures) {
    return figures.stream().map(Csv::line).collect(Collectors.joining("\n", HEADER + "\n", "\n"));
  }

  private static String line(Figure figure) {
    return String.join(
        ",",
        figure.part(),
        figure.protocol().label(),
        figure.client(),
        figure.server(),
        figure.what(),
        figure.unit(),
        number(figure.median()),
        number(figure.least()),
        number(figure.most()),
        number(figure.cold()),
        Integer.toString(figure.values().size()));
  }

  private static String number(OptionalDouble value) {
    return value.isPresent() ? number(value.getAsDouble()) : "";
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }
}
