package dev.sluice.cli.demo;

import dev.sluice.api.RawName;
import dev.sluice.cli.output.Units;
import dev.sluice.cli.status.ExitStatus;
import java.util.Locale;

/**
 * A line of the demonstration's table.
 *
 * @param protocol and how it connects
 * @param direction seen from the client, {@code up} or {@code down}
 * @param files how many
 * @param octets in all
 * @param nanos that the transfer took; negative = it failed
 * @param security of the connection
 * @param checksum {@code ok}, or what is wrong
 */
public record DemoRow(
    String protocol,
    String direction,
    int files,
    long octets,
    long nanos,
    String security,
    String checksum) {
  static final String OK = "ok";

  private static final String FORMAT = "%-18s %-9s %-16s %10s %14s  %-8s  %s";

  public static String heading() {
    return String.format(
        Locale.ROOT,
        FORMAT,
        "protocol",
        "direction",
        "size",
        "time",
        "rate",
        "checksum",
        "security");
  }

  static DemoRow failed(String protocol, String direction, int files, long octets, Throwable why) {
    return new DemoRow(
        protocol, direction, files, octets, -1, "-", "failed: " + ExitStatus.explain(why));
  }

  public boolean ok() {
    return checksum.equals(OK);
  }

  @Override
  public String toString() {
    String size =
        files == 1
            ? Units.octets(octets)
            : files + " x " + Units.octets(octets / Math.max(1, files));
    return String.format(
        Locale.ROOT,
        FORMAT,
        protocol,
        direction,
        size,
        nanos < 0 ? "-" : String.format(Locale.ROOT, "%.3f s", nanos / 1e9),
        nanos < 0 ? "-" : rate(),
        RawName.escape(checksum),
        security);
  }

  private String rate() {
    double seconds = Math.max(1, nanos) / 1e9;
    return files == 1
        ? String.format(Locale.ROOT, "%.1f MB/s", octets / 1e6 / seconds)
        : String.format(Locale.ROOT, "%.0f files/s", files / seconds);
  }
}
