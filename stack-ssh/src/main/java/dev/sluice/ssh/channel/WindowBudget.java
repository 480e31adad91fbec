package dev.sluice.ssh.channel;

import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Memory that receive windows may promise, in octets: one budget for the process and, inside it,
 * one for each connection. Safe for many threads.
 */
public final class WindowBudget {
  private static final long MOST_FOR_A_PROCESS = 1L << 30;

  private static final WindowBudget PROCESS =
      new WindowBudget(null, Math.min(MOST_FOR_A_PROCESS, Runtime.getRuntime().maxMemory() / 4));

  private final @Nullable WindowBudget parent;
  private final long limit;
  private final AtomicLong taken = new AtomicLong();

  private WindowBudget(@Nullable WindowBudget parent, long limit) {
    this.parent = parent;
    this.limit = limit;
  }

  /** A quarter of the heap, at most 1 GiB. */
  public static WindowBudget process() {
    return PROCESS;
  }

  public static WindowBudget of(long limit) {
    return new WindowBudget(null, limit);
  }

  /** A budget inside this one. */
  public WindowBudget part(long partLimit) {
    return new WindowBudget(this, partLimit);
  }

  /** Takes {@code octets}, or nothing if not all of them are available. */
  public boolean take(long octets) {
    return take(octets, 1);
  }

  /**
   * As {@link #take}, for memory that is only expected to be useful: half of every budget is
   * reserved for channels that have shown a need.
   */
  public boolean takeAhead(long octets) {
    return take(octets, 2);
  }

  public void giveBack(long octets) {
    taken.addAndGet(-octets);
    if (parent != null) {
      parent.giveBack(octets);
    }
  }

  /** Octets promised now. */
  public long taken() {
    return taken.get();
  }

  private boolean take(long octets, int share) {
    long before = taken.getAndAdd(octets);
    if (before + octets > limit / share || parent != null && !parent.take(octets, share)) {
      taken.addAndGet(-octets);
      return false;
    }
    return true;
  }
}
