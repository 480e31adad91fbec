package dev.sluice.testing;

import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.api.RemotePath;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** The faults of a test. Set by the test's thread, met on any other. */
final class Faults {
  private static final int LEAST_STEP = 1024;
  private static final int MOST_STEP = 64 * 1024;
  private static final long UNLIMITED = Long.MAX_VALUE;
  private static final double NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Scheduler timer;
  private final List<Planned> planned = new CopyOnWriteArrayList<>();
  private final List<RemotePath> refused = new CopyOnWriteArrayList<>();
  private volatile Wire wire = Wire.NONE;
  private volatile long octetsPerSecond = UNLIMITED;
  private long room = UNLIMITED;
  private long paidUntil;

  /** The call that fails is the one that counts down to 0. */
  private record Planned(StorageVerb verb, AtomicInteger left, int nth, FileError error) {}

  /**
   * What connections suffer. No two cuts are equal, so that a connection sees a new one.
   *
   * @param cut octets after which a connection is cut
   * @param cuts connections that are still to be cut
   */
  record Wire(Duration latency, long cut, AtomicInteger cuts) {
    static final Wire NONE = new Wire(Duration.ZERO, UNLIMITED, new AtomicInteger());
  }

  Faults(Scheduler timer) {
    this.timer = timer;
  }

  Scheduler timer() {
    return timer;
  }

  Wire wire() {
    return wire;
  }

  void latency(Duration delay) {
    wire = new Wire(delay, wire.cut(), wire.cuts());
  }

  void cut(long octets, int connections) {
    wire = new Wire(wire.latency(), octets, new AtomicInteger(connections));
  }

  synchronized void pace(long perSecond) {
    octetsPerSecond = perSecond;
    paidUntil = timer.now(TimeUnit.NANOSECONDS);
  }

  synchronized void room(long octets) {
    room = octets;
  }

  void refuse(RemotePath path) {
    refused.add(path);
  }

  void fail(StorageVerb verb, int nth, FileError error) {
    planned.add(new Planned(verb, new AtomicInteger(nth), nth, error));
  }

  synchronized void reset() {
    planned.clear();
    refused.clear();
    wire = Wire.NONE;
    octetsPerSecond = UNLIMITED;
    room = UNLIMITED;
  }

  /** Signals the failure that the test wants of this call; counts it. */
  Mono<Void> meet(StorageVerb verb, RemotePath... paths) {
    return Mono.fromRunnable(() -> check(verb, paths));
  }

  void check(StorageVerb verb, RemotePath... paths) {
    for (RemotePath path : paths) {
      if (refused.stream().anyMatch(path::startsWith)) {
        throw new FileFailure(FileError.PERMISSION_DENIED, path, "refused by the test");
      }
    }
    for (Planned fault : planned) {
      if (fault.verb() == verb && fault.left().decrementAndGet() == 0) {
        String detail = "call " + fault.nth() + " of " + verb + " fails, as the test demands";
        throw new FileFailure(fault.error(), paths[0], detail);
      }
    }
  }

  /** Takes room on the disk for all of these octets, or throws since there is none. */
  void take(RemotePath file, long octets) {
    if (!fits(octets)) {
      throw new FileFailure(FileError.NO_SPACE, file, "the test has no more room");
    }
  }

  private synchronized boolean fits(long octets) {
    if (room == UNLIMITED) {
      return true;
    }
    if (octets > room) {
      return false;
    }
    room -= octets;
    return true;
  }

  /** How many of these octets may move in one step. */
  int step(int octets) {
    long step = Math.min(MOST_STEP, Math.max(LEAST_STEP, octetsPerSecond / 8));
    return octetsPerSecond == UNLIMITED ? octets : (int) Math.min(octets, step);
  }

  /** Completes when these octets and all before them had time to move. */
  Mono<Void> pass(long octets) {
    return Mono.defer(
        () -> {
          long wait = moved(octets);
          return wait <= 0 ? Mono.empty() : Mono.delay(Duration.ofNanos(wait), timer).then();
        });
  }

  /** Takes back what was paid for octets that were not there. */
  synchronized void refund(long octets) {
    if (octetsPerSecond != UNLIMITED) {
      paidUntil -= nanos(octets);
    }
  }

  /** The nanoseconds to wait. */
  private synchronized long moved(long octets) {
    if (octetsPerSecond == UNLIMITED) {
      return 0;
    }
    long now = timer.now(TimeUnit.NANOSECONDS);
    paidUntil = Math.max(paidUntil, now) + nanos(octets);
    return paidUntil - now;
  }

  private long nanos(long octets) {
    return (long) Math.ceil(octets * (NANOS / octetsPerSecond));
  }
}
