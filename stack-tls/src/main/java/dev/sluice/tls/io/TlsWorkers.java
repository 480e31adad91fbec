package dev.sluice.tls.io;

import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** The threads for what computes too long for an event loop: as many as cores, a bounded queue. */
final class TlsWorkers {
  private static final int QUEUED = 10_000;

  static final Scheduler POOL =
      Schedulers.newBoundedElastic(
          Runtime.getRuntime().availableProcessors(), QUEUED, "sluice-tls", 60, true);

  private TlsWorkers() {}
}
