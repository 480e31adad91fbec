package dev.sluice.client.transfer;

import dev.sluice.api.TransferException;
import reactor.util.retry.Retry;

/** When a step of a tree is retried. */
final class Retries {
  private Retries() {}

  /**
   * Retries after failures that may pass, with growing waits; the last failure is signalled
   * unchanged.
   */
  static Retry of(CopyOptions options) {
    return Retry.backoff(options.retries(), CopyOptions.FIRST_WAIT)
        .maxBackoff(CopyOptions.LONGEST_WAIT)
        .filter(failure -> failure instanceof TransferException known && known.isTransient())
        .onRetryExhaustedThrow((spec, last) -> last.failure());
  }
}
