package dev.sluice.cli.proof;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** What happened in one proof, for people. */
final class Figures {
  private final String from;
  private final String to;
  private final Map<Interruption, Integer> interruptions = new EnumMap<>(Interruption.class);
  private String lastFailure = "";
  private int files;
  private long octets;
  private int runs;
  private int complete;
  private int gaveUp;
  private long millis;
  private long carried;

  Figures(String from, String to) {
    this.from = from;
    this.to = to;
  }

  void tree(int number, long size) {
    files = number;
    octets = size;
  }

  void run() {
    runs++;
  }

  void interrupted(Interruption how) {
    interruptions.merge(how, 1, Integer::sum);
  }

  void complete() {
    complete++;
  }

  void gaveUp(String why) {
    gaveUp++;
    lastFailure = why.strip();
  }

  void took(long time, long onTheWire) {
    millis = time;
    carried = onTheWire;
  }

  /** Names of the columns. */
  static String head() {
    return "from       to               files   MiB  kill int cut restart  runs complete gave-up"
        + "  MiB-carried     s";
  }

  /** One line of the table. */
  String line() {
    return String.format(
        Locale.ROOT,
        "%-10s %-16s %5d %5d  %4d %3d %3d %7d  %4d %8d %7d  %11d %5.0f",
        from,
        to,
        files,
        octets >> 20,
        interruptions.getOrDefault(Interruption.KILL, 0),
        interruptions.getOrDefault(Interruption.INT, 0),
        interruptions.getOrDefault(Interruption.CUT, 0),
        interruptions.getOrDefault(Interruption.RESTART, 0),
        runs,
        complete,
        gaveUp,
        carried >> 20,
        millis / 1000.0);
  }

  /** Why a run gave up the last time; empty = none did. */
  String lastFailure() {
    return lastFailure;
  }
}
