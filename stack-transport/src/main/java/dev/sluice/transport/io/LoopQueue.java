package dev.sluice.transport.io;

import dev.sluice.api.SessionClosed;
import io.netty.util.concurrent.EventExecutor;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Runs tasks on an event loop in the order they were given, whichever threads give them.
 *
 * <p>A task given on the loop runs at once, but after those that other threads have given before:
 * otherwise signals of one stream could overtake each other.
 */
public final class LoopQueue {
  private final EventExecutor loop;
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private boolean draining;

  public LoopQueue(EventExecutor loop) {
    this.loop = loop;
  }

  /**
   * Runs {@code task} on the loop; before this method returns if it is called there and not from a
   * task.
   *
   * @throws SessionClosed when the loop was shut down
   */
  public void run(Runnable task) {
    tasks.add(task);
    if (loop.inEventLoop()) {
      drain();
    } else {
      LoopEnd.execute(loop, this::drain);
    }
  }

  private void drain() {
    if (draining) {
      return;
    }
    draining = true;
    try {
      for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
        task.run();
      }
    } finally {
      draining = false;
    }
  }
}
