package dev.sluice.tls.io;

import dev.sluice.transport.ProtocolCore;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Wakes a core when its deadline comes. On the channel's event loop. */
final class DeadlineTimer {
  private final Runnable wake;
  private @Nullable Future<?> timer;
  private long scheduled = ProtocolCore.NO_DEADLINE;

  DeadlineTimer(Runnable wake) {
    this.wake = wake;
  }

  /** From now on this deadline counts and no other. */
  void schedule(EventExecutor loop, long deadlineNanos) {
    if (deadlineNanos == scheduled) {
      return;
    }
    cancel();
    scheduled = deadlineNanos;
    if (deadlineNanos != ProtocolCore.NO_DEADLINE) {
      long delay = Math.max(0, deadlineNanos - System.nanoTime());
      timer = loop.schedule(wake, delay, TimeUnit.NANOSECONDS);
    }
  }

  void cancel() {
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
  }
}
