package dev.sluice.cli.ping;

import dev.sluice.api.FileSession;
import dev.sluice.ftp.FtpSession;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** How long a session waits for the answer to the least request. */
public final class Pulse {
  private static final int BEATS = 9;

  /** Where many small files are slow even if the line is fast. */
  private static final Duration SLOW = Duration.ofMillis(300);

  private Pulse() {}

  /** The median of several requests, one after the other. */
  public static Mono<Finding> of(FileSession session) {
    return session
        .home()
        .flatMap(
            home -> {
              Mono<?> least =
                  session instanceof FtpSession ftp ? ftp.keepAlive() : session.stat(home).then();
              return Flux.range(0, BEATS).concatMap(i -> timed(least)).collectSortedList();
            })
        .map(Pulse::finding);
  }

  private static Mono<Long> timed(Mono<?> request) {
    return Mono.defer(
        () -> {
          long begun = System.nanoTime();
          return request.then(Mono.fromSupplier(() -> System.nanoTime() - begun));
        });
  }

  private static Finding finding(List<Long> nanos) {
    Duration median = Duration.ofNanos(nanos.get(nanos.size() / 2));
    String seen =
        String.format(
            Locale.ROOT,
            "%.1f ms, the median of %d; at best %.1f ms",
            millis(median.toNanos()),
            nanos.size(),
            millis(nanos.get(0)));
    return median.compareTo(SLOW) < 0
        ? Finding.ok("round trip", seen)
        : Finding.note(
            "round trip",
            seen,
            "the way to the server, or the server, is slow: many small files take long; -j moves"
                + " several at a time");
  }

  private static double millis(long nanos) {
    return nanos / 1e6;
  }
}
