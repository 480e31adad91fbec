package dev.sluice.test;

import java.util.concurrent.Executor;

/**
 * Gives each task a daemon thread of its own. The common pool may have a single thread, and a task
 * that waits there for its peer would keep the peer's task from starting.
 *
 * @param name of the threads
 */
public record OwnThread(String name) implements Executor {
  @Override
  public void execute(Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
  }
}
