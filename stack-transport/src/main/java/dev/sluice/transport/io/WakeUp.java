package dev.sluice.transport.io;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/** Runs a task on a loop, once for all the calls that have come before it. From any thread. */
public final class WakeUp {
  private final Executor loop;
  private final Runnable task;
  private final AtomicBoolean due = new AtomicBoolean();

  /**
   * @param loop runs what it is given one after the other
   */
  public WakeUp(Executor loop, Runnable task) {
    this.loop = loop;
    this.task =
        () -> {
          due.set(false); // first, or what comes from now on would be missed
          task.run();
        };
  }

  /** The task runs soon, and sees what the caller did before. */
  public void wake() {
    if (due.compareAndSet(false, true)) {
      loop.execute(task);
    }
  }
}
