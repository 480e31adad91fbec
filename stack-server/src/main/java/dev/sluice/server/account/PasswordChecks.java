package dev.sluice.server.account;

import dev.sluice.api.LimitExceeded;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Checks passwords on threads of their own: transfers do not wait for logins. As many run at one
 * time as half the processors, and as fit into a quarter of the heap, 256 MiB at most; a hash that
 * needs more than that runs alone. Checks beyond {@link #MOST_WAITING} are refused.
 */
final class PasswordChecks {
  static final int MOST_WAITING = 1000;

  private static final int MAX_KIBIBYTES = 256 * 1024;

  private final Scheduler threads;
  private final Semaphore memory;
  private final int budget;

  /**
   * @param threads refuse tasks beyond a bound
   * @param kibibytes that all checks together may use
   */
  PasswordChecks(Scheduler threads, int kibibytes) {
    this.threads = threads;
    this.budget = kibibytes;
    this.memory = new Semaphore(kibibytes, true);
  }

  /**
   * Daemon threads, and a bounded queue before them. Event loops put checks into it, so it is
   * lock-free, and the threads are there already. A cancelled check leaves it when its turn comes.
   */
  static Scheduler threads(int parallel, int most) {
    ThreadPoolExecutor pool = pool(parallel);
    pool.prestartAllCoreThreads();
    AtomicInteger waiting = new AtomicInteger();
    return Schedulers.fromExecutor(
        task -> {
          if (waiting.incrementAndGet() > most) {
            waiting.decrementAndGet();
            throw new RejectedExecutionException(most + " wait already");
          }
          pool.execute(
              () -> {
                waiting.decrementAndGet();
                task.run();
              });
        });
  }

  private static ThreadPoolExecutor pool(int parallel) {
    AtomicInteger number = new AtomicInteger();
    return new ThreadPoolExecutor(
        parallel,
        parallel,
        0,
        TimeUnit.SECONDS,
        new LinkedTransferQueue<>(),
        task -> {
          Thread thread = Executors.defaultThreadFactory().newThread(task);
          thread.setName("sluice-password-" + number.incrementAndGet());
          thread.setDaemon(true);
          return thread;
        });
  }

  /** Those of this process: a reload must not double them. */
  static PasswordChecks shared() {
    return Shared.CHECKS;
  }

  /**
   * Whether the password is right.
   *
   * @return {@link LimitExceeded} if too many logins wait already
   */
  Mono<Boolean> matches(PasswordHash hash, String password) {
    return Mono.fromCallable(() -> computed(hash, password))
        .subscribeOn(threads)
        .onErrorMap(
            RejectedExecutionException.class,
            full ->
                new LimitExceeded(
                    "too many logins wait for their passwords to be checked already", full));
  }

  /** Waits for others to free memory: each of them computes, and waits for nothing. */
  private boolean computed(PasswordHash hash, String password) throws InterruptedException {
    int needed = Math.min(hash.kibibytes(), budget);
    memory.acquire(needed);
    try {
      return hash.matches(password);
    } finally {
      memory.release(needed);
    }
  }

  private static final class Shared {
    static final PasswordChecks CHECKS =
        new PasswordChecks(
            threads(Math.max(1, Runtime.getRuntime().availableProcessors() / 2), MOST_WAITING),
            (int) Math.min(MAX_KIBIBYTES, Runtime.getRuntime().maxMemory() / 4 / 1024));
  }
}
