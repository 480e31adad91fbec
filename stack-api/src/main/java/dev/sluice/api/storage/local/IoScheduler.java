package dev.sluice.api.storage.local;

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
  static final int MAX_WAITING = 65_536;

  private final Scheduler pool = Schedulers.fromExecutorService(threads(), "sluice-io");
  private final AtomicInteger waiting = new AtomicInteger();

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
          task.run();
        });
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

  private static final class Shared {
    static final Scheduler SCHEDULER = new IoScheduler();
  }
}
