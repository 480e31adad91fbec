package dev.sluice.client.transfer;

import reactor.core.publisher.Mono;

/**
 * Memory that the copies of this process may hold at a time, in octets. A copy takes its share
 * before it opens anything, and waits in turn while there is none: any number of copies may be
 * under way, and no deadline runs for those that wait.
 */
public final class TransferBudget {
  /** What a large file holds: blocks that are read ahead, and what is on its way to the target. */
  private static final long MOST = 3 << 20;

  /** What a small file holds besides its content. */
  private static final long LEAST = 64 << 10;

  private static final long MOST_FOR_A_PROCESS = 1L << 30;

  private static final TransferBudget PROCESS =
      new TransferBudget(Math.min(MOST_FOR_A_PROCESS, Runtime.getRuntime().maxMemory() / 4));

  private final long limit;
  private final Turns turns;

  TransferBudget(long limit) {
    this.limit = Math.max(limit, LEAST);
    this.turns = new Turns(this.limit);
  }

  /** A quarter of the heap, at most 1 GiB. */
  public static TransferBudget process() {
    return PROCESS;
  }

  /** Octets that copies may hold. */
  public long limit() {
    return limit;
  }

  /** Octets that copies hold now. */
  public long used() {
    return turns.used();
  }

  /** Copies that wait for their turn. */
  public int waiting() {
    return turns.waiting();
  }

  /** Does {@code work} when there is room for a file of so many octets; negative = unknown. */
  Mono<Void> hold(long octets, Mono<Void> work) {
    long share = octets < 0 ? MOST : Math.min(MOST, LEAST + octets);
    return turns.pass(Math.min(limit, share), work.flux()).then();
  }
}
