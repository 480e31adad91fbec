package dev.sluice.storage.memory;

import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.api.Space;
import java.util.concurrent.atomic.AtomicLong;

/** The maximum and the current use of a storage. */
final class Room {
  private final long total;
  private final AtomicLong used = new AtomicLong();

  Room(long total) {
    this.total = total;
  }

  /** Takes {@code octets} or refuses with {@code NO_SPACE}. */
  void take(long octets) {
    long before = used.get();
    while (octets <= total - before) {
      if (used.compareAndSet(before, before + octets)) {
        return;
      }
      before = used.get();
    }
    throw new FileFailure(
        FileError.NO_SPACE,
        octets + " more octets do not fit into " + (total - before) + " of " + total);
  }

  void giveBack(long octets) {
    used.addAndGet(-octets);
  }

  Space space() {
    return new Space(total, total - used.get());
  }
}
