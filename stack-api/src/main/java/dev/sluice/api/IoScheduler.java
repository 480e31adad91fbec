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
 * The threads of this process that may wait for a disk or compute for long. One queue, so that none
 * of them idles; it takes tasks without a lock, since event loops put them there. Tasks are not
 * disposed of: what is cancelled finds out when it runs.
 */
public final class IoScheduler implements Scheduler {
  /** Calls that may wait for a thread; one more is refused. */
  public static final int MAX_WAITING = 65_536;

  /** So long a turn takes up what follows from its task, before others have theirs. */
  private static final long TURN_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  /** Tasks inside each other, of which each takes a part of the stack. */
  private static final int MAX_DEPTH = 8;

  private final Scheduler pool = Schedulers.fromExecutorService(threads(), "sluice-io");
  private final AtomicInteger waiting = new AtomicInteger();
  private final ThreadLocal<Turn> turns = ThreadLocal.withInitial(Turn::new);

  private IoScheduler() {}

  /** The scheduler that storages share unless told otherwise; never disposed. */
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
   * Runs {@code task} on {@code scheduler}: at once, when that is what runs the caller and the turn
   * has not been long. An open, a write, a commit and a close that follow on each other are one hop
   * so.
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
    // Starting one takes a lock: not while an event loop waits.
    pool.prestartAllCoreThreads();
    return pool;
  }

  /** What a thread does from one look at the queue to the next. */
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
