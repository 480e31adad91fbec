package dev.sluice.api.storage.local;

import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** The threads of this process that may wait for a disk. One queue, so that none of them idles. */
final class IoScheduler {
  /** Calls that may wait for a thread; one more is refused. */
  static final int MAX_WAITING = 65_536;

  private static final long IDLE_SECONDS = 60;

  private IoScheduler() {}

  /** The scheduler that storages share unless told otherwise; never disposed. */
  static Scheduler shared() {
    return Shared.SCHEDULER;
  }

  private static Scheduler create() {
    int threads = Math.max(2, Runtime.getRuntime().availableProcessors());
    AtomicInteger number = new AtomicInteger();
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            threads,
            threads,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(MAX_WAITING),
            task -> {
              Thread thread = Executors.defaultThreadFactory().newThread(task);
              thread.setName("sluice-io-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    pool.allowCoreThreadTimeOut(true);
    return Schedulers.fromExecutorService(pool, "sluice-io");
  }

  private static final class Shared {
    static final Scheduler SCHEDULER = create();
  }
}
