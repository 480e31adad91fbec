package dev.sluice.sftp.client;

import java.util.concurrent.atomic.AtomicLong;
import reactor.core.publisher.Operators;

/** How many elements a subscriber has requested and not yet received. */
final class Demand {
  private final AtomicLong left = new AtomicLong();
  private final AtomicLong most = new AtomicLong();

  /** Returns whether {@code n} can be requested. May be called from any thread. */
  boolean add(long n) {
    if (!Operators.validate(n)) {
      return false;
    }
    long asked = left.accumulateAndGet(n, Operators::addCap);
    most.accumulateAndGet(asked, Math::max);
    return true;
  }

  boolean isEmpty() {
    return left.get() == 0;
  }

  /** The largest number that was requested at a time. */
  long most() {
    return most.get();
  }

  /** One element is on its way to the subscriber. */
  void take() {
    if (left.get() != Long.MAX_VALUE) {
      left.decrementAndGet();
    }
  }
}
