package dev.sluice.bench;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.LongSupplier;

/** Counts what this thread allocates. */
final class Allocation {
  private static final int WARM_NANOS = 500_000_000;
  private static final int BATCHES = 5;
  private static final int BATCH = 50;

  private Allocation() {}

  /**
   * Bytes that one run of a warm operation allocates: the mean of the best of five batches, since
   * the compiler and the pools may still be at work in the others.
   */
  static double of(LongSupplier operation) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long kept = 0;
    long begun = System.nanoTime();
    while (System.nanoTime() - begun < WARM_NANOS) {
      kept += operation.getAsLong();
    }
    double least = Double.MAX_VALUE;
    for (int i = 0; i < BATCHES; i++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int j = 0; j < BATCH; j++) {
        kept += operation.getAsLong();
      }
      long bytes = threads.getCurrentThreadAllocatedBytes() - before;
      least = Math.min(least, (double) bytes / BATCH);
    }
    if (kept == 0) {
      throw new IllegalStateException("the operation does nothing");
    }
    return least;
  }
}
