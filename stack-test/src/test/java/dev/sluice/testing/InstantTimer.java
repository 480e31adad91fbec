package dev.sluice.testing;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import reactor.core.Disposable;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** A clock that jumps to the end of each delay instead of waiting for it. */
final class InstantTimer implements Scheduler {
  private final AtomicLong nanos = new AtomicLong();

  @Override
  public Disposable schedule(Runnable task) {
    return Schedulers.parallel().schedule(task);
  }

  @Override
  public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
    nanos.addAndGet(unit.toNanos(delay));
    return schedule(task);
  }

  @Override
  public long now(TimeUnit unit) {
    return unit.convert(nanos.get(), TimeUnit.NANOSECONDS);
  }

  @Override
  public Worker createWorker() {
    return Schedulers.parallel().createWorker();
  }
}
