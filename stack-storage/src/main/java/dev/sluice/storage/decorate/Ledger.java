package dev.sluice.storage.decorate;

import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import java.util.concurrent.atomic.AtomicLong;

/** How much of a quota is used. */
final class Ledger {
  private final long max;
  private final AtomicLong used;

  Ledger(long max, long used) {
    this.max = max;
    this.used = new AtomicLong(used);
  }

  long max() {
    return max;
  }

  long left() {
    return Math.max(0, max - used.get());
  }

  void take(long octets) {
    long before = used.get();
    while (octets <= max - before) {
      if (used.compareAndSet(before, before + octets)) {
        return;
      }
      before = used.get();
    }
    throw new FileFailure(
        FileError.QUOTA_EXCEEDED,
        octets + " more octets do not fit into " + Math.max(0, max - before) + " of " + max);
  }

  /** Corrects an amount that was too large or too small. */
  void correct(long octets) {
    used.addAndGet(octets);
  }
}
