package dev.sluice.client.transfer;

import dev.sluice.client.transfer.TransferEvent.Deleted;
import dev.sluice.client.transfer.TransferEvent.Failed;
import dev.sluice.client.transfer.TransferEvent.FileDone;
import dev.sluice.client.transfer.TransferEvent.LeftOut;
import dev.sluice.client.transfer.TransferEvent.LinkMade;
import dev.sluice.client.transfer.TransferEvent.Same;
import dev.sluice.client.transfer.TransferEvent.Summary;
import dev.sluice.client.transfer.TransferEvent.Why;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/** Counts events, one at a time. */
final class Tally {
  private final long startNanos = System.nanoTime();
  private final Map<Why, Long> leftOut = new EnumMap<>(Why.class);
  private long moved;
  private long same;
  private long deleted;
  private long failed;
  private long octets;

  void add(TransferEvent event) {
    if (event instanceof FileDone done) {
      moved++;
      octets += done.octets();
    } else if (event instanceof LinkMade) {
      moved++;
    } else if (event instanceof Same) {
      same++;
    } else if (event instanceof LeftOut out) {
      leftOut.merge(out.why(), 1L, Long::sum);
    } else if (event instanceof Deleted) {
      deleted++;
    } else if (event instanceof Failed) {
      failed++;
    }
  }

  Summary summary() {
    return new Summary(
        moved,
        same,
        leftOut,
        deleted,
        failed,
        octets,
        Duration.ofNanos(System.nanoTime() - startNanos));
  }
}
