package dev.sluice.bench;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Bulk data through TLS over loopback, ours and Netty's {@code SslHandler} in turn: rates, octets
 * allocated on the heap for each MiB, and the median of the ratios of rounds. Takes {@code
 * MEBIBYTES ROUNDS}.
 */
public final class TlsRates {
  private static final int WARM_UP = 6;
  private static final long MEBIBYTE = 1 << 20;

  private TlsRates() {}

  public static void main(String[] args) {
    long octets = Long.parseLong(args[0]) * MEBIBYTE;
    int rounds = Integer.parseInt(args[1]);
    Runs ours = new Runs(TlsContender.SLUICE, rounds);
    Runs theirs = new Runs(TlsContender.NETTY, rounds);
    for (int round = -WARM_UP; round < rounds; round++) {
      ours.run(round, octets);
      theirs.run(round, octets);
    }
    for (Runs each : List.of(ours, theirs)) {
      System.out.printf(
          Locale.ROOT,
          "%-8s %6.0f MB/s   %8.0f octets allocated for each MiB%n",
          each.contender,
          median(each.rates),
          median(each.garbage));
      each.link.close();
    }
    double[] ratios =
        IntStream.range(0, rounds).mapToDouble(i -> ours.rates[i] / theirs.rates[i]).toArray();
    System.out.printf(Locale.ROOT, "ratio    %6.2f%n", median(ratios));
  }

  /** One contender's connection, and what it did round by round. */
  private static final class Runs {
    final TlsContender contender;
    final TlsLoopback link;
    final double[] rates;
    final double[] garbage;

    Runs(TlsContender contender, int rounds) {
      this.contender = contender;
      this.link = new TlsLoopback(contender);
      this.rates = new double[rounds];
      this.garbage = new double[rounds];
    }

    /** Rounds below 0 warm up and do not count. */
    void run(int round, long octets) {
      long before = allocated();
      long nanos = link.transfer(octets);
      if (round >= 0) {
        rates[round] = octets * 1e3 / nanos;
        garbage[round] = (allocated() - before) * (double) MEBIBYTE / octets;
      }
    }
  }

  /** Octets allocated by all live threads. */
  private static long allocated() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    return Arrays.stream(threads.getThreadAllocatedBytes(threads.getAllThreadIds())).sum();
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
