package dev.sluice.tls.core;

import dev.sluice.api.LimitExceeded;
import java.util.concurrent.TimeUnit;

/** Counts records that cost work and bring no data, within one second at a time. */
final class IdleRecords {
  private static final long PERIOD = TimeUnit.SECONDS.toNanos(1);

  private final int limit;
  private int count;
  private long since;
  private long now;

  IdleRecords(int limit) {
    this.limit = limit;
  }

  void tick(long nowNanos) {
    now = nowNanos;
  }

  void add() {
    if (count == 0 || now - since > PERIOD) {
      count = 0;
      since = now;
    }
    if (++count > limit) {
      throw new LimitExceeded("more than " + limit + " TLS records without data in a second");
    }
  }

  void dataArrived() {
    count = 0;
  }
}
