package dev.sluice.api;

import java.util.concurrent.Executors;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.Disposable;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * The threads of this process that may wait for a disk or run long computations. They share one
 * queue, so none of them idles. The queue is lock-free, since event loops put tasks into it. Tasks
 * are not removed: a cancelled task notices when it runs.
 */
public final class IoScheduler implements Scheduler {
  /** Calls that may wait for a thread; further calls are refused. */
  public static final int MAX_WAITING = 65_536;

  /** How long a turn may run follow-up tasks before other tasks get their turn. */
  private static final long TURN_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  /** Nested tasks; each of them uses part of the stack. */
  private static final int MAX_DEPTH = 8;

  private final Scheduler pool = Schedulers.fromExecutorService(threads(), "sluice-io");
  private final AtomicInteger waiting = new AtomicInteger();
  private final ThreadLocal<Turn> turns = ThreadLocal.withInitial(Turn::new);

  private IoScheduler() {}

  /** The scheduler that storages share by default; never disposed. */
  public static Scheduler shared() {
    return Shared.SCHEDULER;
  }

  @Override
  public Disposable schedule(Runnable task) {
    if (waiting.incrementAndGet() > MAX_WAITING) {
      waiting.decrementAndGet();
      throw new RejectedExecutionException(MAX_WAITING + " file calls wait already");
    }
    return pool.schedule(
        () -> {
          waiting.decrementAndGet();
          turns.get().begin(task);
        });
  }

  /**
   * Runs {@code task} on {@code scheduler}: at once, if the caller already runs on it and the turn
   * has not been long. A consecutive open, write, commit and close thus need one hop.
   */
  public static void goOn(Scheduler scheduler, Runnable task) {
    if (!(scheduler instanceof IoScheduler ours) || !ours.turns.get().takes(task)) {
      scheduler.schedule(task);
    }
  }

  @Override
  public Worker createWorker() {
    return pool.createWorker();
  }

  private static ThreadPoolExecutor threads() {
    int count = Math.max(2, Runtime.getRuntime().availableProcessors());
    AtomicInteger number = new AtomicInteger();
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            count,
            count,
            0,
            TimeUnit.SECONDS,
            new LinkedTransferQueue<>(),
            task -> {
              Thread thread = Executors.defaultThreadFactory().newThread(task);
              thread.setName("sluice-io-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    // Starting a thread takes a lock; it must not happen while an event loop waits.
    pool.prestartAllCoreThreads();
    return pool;
  }

  /** The work of a thread between one poll of the queue and the next. */
  private static final class Turn {
    private int depth;
    private long beganNanos;

    void begin(Runnable task) {
      beganNanos = System.nanoTime();
      run(task);
    }

    boolean takes(Runnable task) {
      boolean going = depth > 0 && depth < MAX_DEPTH;
      if (!going || System.nanoTime() - beganNanos > TURN_NANOS) {
        return false;
      }
      run(task);
      return true;
    }

    private void run(Runnable task) {
      depth++;
      try {
        task.run();
      } finally {
        depth--;
      }
    }
  }

  private static final class Shared {
    static final Scheduler SCHEDULER = new IoScheduler();
  }
}
