package dev.sluice.bench.suite.report;

import dev.sluice.bench.suite.worker.Protocol;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The results page, its CSV and its plots. */
public final class Report {
  private static final String VALUES = "results.csv";
  private static final List<String> PARTS =
      List.of(Parts.BIG, Parts.MANY, Parts.LOGINS, Parts.IDLE, Parts.LONG, Parts.DAILY);

  private final Results results;
  private final String how;
  private final List<Integer> millis;

  /**
   * @param how the figures were made, for people
   * @param millis of the long paths
   */
  public Report(Results results, String how, List<Integer> millis) {
    this.results = results;
    this.how = how;
    this.millis = List.copyOf(millis);
  }

  /** The figures that an earlier run has left in a directory; none when there was none. */
  public static List<Figure> earlier(Path directory) throws IOException {
    Path file = directory.resolve(VALUES);
    return Files.exists(file) ? Csv.parse(Files.readAllLines(file)) : List.of();
  }

  /** Writes all into a directory. */
  public void write(Path directory) throws IOException {
    Files.createDirectories(directory);
    Files.writeString(directory.resolve(VALUES), Csv.of(results.figures()));
    if (isMeasured(Parts.BIG)) {
      Files.writeString(directory.resolve("throughput.svg"), Plot.throughput(results));
    }
    if (isMeasured(Parts.LONG)) {
      for (String direction : List.of(Parts.DOWN, Parts.UP)) {
        Files.writeString(
            directory.resolve("rtt-" + direction + ".svg"),
            Plot.longWay(results, direction, millis));
      }
    }
    Files.writeString(directory.resolve("RESULTS.md"), page());
  }

  private String page() {
    return String.join(
        "\n\n",
        "# Results",
        "Written by `./sluice bench`; not edited by hand.",
        how,
        Machine.describe().stream().collect(Collectors.joining("\n* ", "* ", "")),
        protections(),
        "## Targets",
        targets(),
        "## Figures",
        "Median (least to most). *cold*: the first run of fresh processes.",
        PARTS.stream().filter(this::isMeasured).map(this::part).collect(Collectors.joining("\n\n")),
        "## Left out",
        gaps() + "\n");
  }

  private static String protections() {
    return List.of(Protocol.values()).stream()
        .map(protocol -> "* " + protocol.label() + ": " + protocol.protection())
        .collect(Collectors.joining("\n"));
  }

  private String targets() {
    List<Goal> goals = Goals.of(results);
    long measured = goals.stream().filter(Goal::isMeasured).count();
    long reached = goals.stream().filter(Goal::isReached).count();
    return """
        %d of %d measured targets are reached; %d were not measured. *Where the time goes* in \
        docs/benchmarks/README.md explains what limits the others.

        """
            .formatted(reached, measured, goals.size() - measured)
        + "| path | target | measured | reached |\n|---|---|---|---|\n"
        + goals.stream().filter(Goal::isMeasured).map(Goal::row).collect(Collectors.joining("\n"));
  }

  private boolean isMeasured(String part) {
    return Stream.of(Protocol.values())
        .anyMatch(protocol -> results.of(part, protocol).findAny().isPresent());
  }

  private String part(String part) {
    String tables =
        List.of(Protocol.values()).stream()
            .map(protocol -> table(part, protocol))
            .filter(table -> !table.isEmpty())
            .collect(Collectors.joining("\n\n"));
    String title = "### " + Character.toUpperCase(part.charAt(0)) + part.substring(1);
    return title + "\n\n" + tables + plots(part);
  }

  private static String plots(String part) {
    return switch (part) {
      case Parts.BIG -> "\n\n![Throughput by protocol](throughput.svg)";
      case Parts.LONG ->
          "\n\n![Down by round-trip time](rtt-down.svg)\n\n![Up by round-trip time](rtt-up.svg)";
      default -> "";
    };
  }

  /** A row for each pair, a column for each thing that was done. */
  private String table(String part, Protocol protocol) {
    Set<String> pairs = new LinkedHashSet<>();
    Set<String> columns = new LinkedHashSet<>();
    results
        .of(part, protocol)
        .forEach(
            figure -> {
              pairs.add(figure.pair());
              columns.add(figure.what() + ", " + figure.unit());
            });
    if (pairs.isEmpty()) {
      return "";
    }
    StringBuilder table = new StringBuilder("| " + protocol.label() + " |");
    columns.forEach(column -> table.append(' ').append(column).append(" |"));
    table.append("\n|---|").append("---|".repeat(columns.size()));
    for (String pair : pairs) {
      table.append("\n| ").append(pair).append(" |");
      for (String column : columns) {
        table.append(' ').append(cell(part, protocol, pair, column)).append(" |");
      }
    }
    return table.toString();
  }

  private String cell(String part, Protocol protocol, String pair, String column) {
    return results
        .of(part, protocol)
        .filter(figure -> figure.pair().equals(pair))
        .filter(figure -> column.equals(figure.what() + ", " + figure.unit()))
        .map(Report::text)
        .findFirst()
        .orElse("");
  }

  private static String text(Figure figure) {
    String range =
        figure.values().size() == 1
            ? number(figure.median())
            : "%s (%s–%s)"
                .formatted(number(figure.median()), number(figure.least()), number(figure.most()));
    OptionalDouble cold = figure.cold();
    return cold.isPresent() ? range + " *cold " + number(cold.getAsDouble()) + "*" : range;
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, Math.abs(value) >= 100 ? "%.0f" : "%.2f", value);
  }

  private String gaps() {
    return results.gaps().isEmpty()
        ? "Nothing of what this run measured: every peer was there, and every run ended well."
        : results.gaps().stream().collect(Collectors.joining("\n* ", "* ", ""));
  }

  /** The day of the run, for {@code how}. */
  public static String today() {
    return LocalDate.now(ZoneOffset.UTC).toString();
  }
}
