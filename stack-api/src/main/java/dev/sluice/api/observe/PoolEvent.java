package dev.sluice.api.observe;

import java.time.Duration;

/** What happens in a pool of sessions. */
public sealed interface PoolEvent {

  /** The name that its owner gave the pool. */
  String pool();

  /** A session was opened. */
  record Created(String pool) implements PoolEvent {}

  /** A session was lent, after its borrower had waited for this long. */
  record Acquired(String pool, Duration waited) implements PoolEvent {}

  /** A borrower got no session: cancelled or failed. */
  record AcquireFailed(String pool, Outcome outcome, Duration waited) implements PoolEvent {}

  /** A session was given back. */
  record Returned(String pool) implements PoolEvent {}

  /** A session left the pool: it has ended, was idle for too long, or the pool was closed. */
  record Evicted(String pool) implements PoolEvent {}
}
