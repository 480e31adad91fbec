package dev.sluice.bench.suite;

import dev.sluice.bench.suite.report.Parts;
import dev.sluice.bench.suite.worker.Protocol;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How much is measured.
 *
 * @param octets of the big file
 * @param longWayOctets of the file that is sent over long paths
 * @param files how many small ones
 * @param logins in a row
 * @param sessions that stay open
 * @param patience runs that are no faster than an earlier one, until a pair counts as warm
 * @param rounds that count
 * @param parts of the suite
 * @param protocols that are spoken
 * @param output the directory of the results
 */
record Plan(
    long octets,
    long longWayOctets,
    int files,
    int logins,
    int sessions,
    int patience,
    int rounds,
    Set<Part> parts,
    Set<Protocol> protocols,
    Path output) {
  static final String USAGE =
      """
      usage: sluice bench [--quick] [--size MIB] [--long-size MIB] [--files N] [--logins N]
                          [--sessions N] [--patience N] [--rounds N]
                          [--parts BIG,MANY,LOGINS,IDLE,LONG,DAILY] [--protocols FTP,FTPS,SFTP]
                          [--output DIRECTORY]""";

  private static final int MEBI = 20;

  /** What can be measured. */
  enum Part {
    BIG(Parts.BIG),
    MANY(Parts.MANY),
    LOGINS(Parts.LOGINS),
    IDLE(Parts.IDLE),
    LONG(Parts.LONG),
    DAILY(Parts.DAILY);

    /** What it is called in results. */
    final String label;

    Part(String label) {
      this.label = label;
    }
  }

  /** Whether this is measured, by the name of its part. */
  boolean measures(String part, Protocol protocol) {
    return protocols.contains(protocol) && parts.stream().anyMatch(it -> it.label.equals(part));
  }

  private static Plan full() {
    return new Plan(
        1L << 30,
        1L << 28,
        2000,
        200,
        150,
        3,
        3,
        EnumSet.allOf(Part.class),
        EnumSet.allOf(Protocol.class),
        Path.of("docs", "benchmarks"));
  }

  private Plan quick() {
    return new Plan(1L << 27, 1L << 25, 300, 60, 50, 1, 3, parts, protocols, output);
  }

  /**
   * Reads the command line.
   *
   * @throws IllegalArgumentException for what it cannot mean
   */
  static Plan parse(List<String> arguments) {
    Plan plan = full();
    for (int i = 0; i < arguments.size(); i++) {
      String option = arguments.get(i);
      if (option.equals("--quick")) {
        plan = plan.quick();
      } else if (i + 1 < arguments.size()) {
        plan = plan.with(option, arguments.get(++i));
      } else {
        throw new IllegalArgumentException(option);
      }
    }
    return plan;
  }

  private Plan with(String option, String value) {
    return switch (option) {
      case "--size" -> sized(number(value) << MEBI, longWayOctets);
      case "--long-size" -> sized(octets, number(value) << MEBI);
      case "--files" -> counted((int) number(value), logins, sessions);
      case "--logins" -> counted(files, (int) number(value), sessions);
      case "--sessions" -> counted(files, logins, (int) number(value));
      case "--patience" -> repeated(Integer.parseInt(value), rounds);
      case "--rounds" -> repeated(patience, (int) number(value));
      case "--parts" -> chosen(named(Part.class, value), protocols, output);
      case "--protocols" -> chosen(parts, named(Protocol.class, value), output);
      case "--output" -> chosen(parts, protocols, Path.of(value));
      default -> throw new IllegalArgumentException(option);
    };
  }

  private Plan sized(long big, long farBig) {
    return new Plan(
        big, farBig, files, logins, sessions, patience, rounds, parts, protocols, output);
  }

  private Plan counted(int newFiles, int newLogins, int newSessions) {
    return new Plan(
        octets,
        longWayOctets,
        newFiles,
        newLogins,
        newSessions,
        patience,
        rounds,
        parts,
        protocols,
        output);
  }

  private Plan repeated(int newWarmups, int newRounds) {
    return new Plan(
        octets,
        longWayOctets,
        files,
        logins,
        sessions,
        newWarmups,
        newRounds,
        parts,
        protocols,
        output);
  }

  private Plan chosen(Set<Part> newParts, Set<Protocol> newProtocols, Path directory) {
    return new Plan(
        octets,
        longWayOctets,
        files,
        logins,
        sessions,
        patience,
        rounds,
        newParts,
        newProtocols,
        directory);
  }

  private static long number(String text) {
    long number = Long.parseLong(text);
    if (number < 1) {
      throw new IllegalArgumentException(text);
    }
    return number;
  }

  private static <E extends Enum<E>> Set<E> named(Class<E> type, String names) {
    return List.of(names.split(",", -1)).stream()
        .map(name -> Enum.valueOf(type, name.strip().toUpperCase(Locale.ROOT)))
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(type)));
  }
}
