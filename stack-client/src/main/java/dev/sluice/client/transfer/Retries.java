package dev.sluice.client.transfer;

import dev.sluice.api.TransferException;
import reactor.util.retry.Retry;

/** When a step of a tree is begun again. */
final class Retries {
  private Retries() {}

  /** After what may pass, with growing waits; the last failure is signalled as it is. */
  static Retry of(CopyOptions options) {
    return Retry.backoff(options.retries(), CopyOptions.FIRST_WAIT)
        .maxBackoff(CopyOptions.LONGEST_WAIT)
        .filter(failure -> failure instanceof TransferException known && known.isTransient())
        .onRetryExhaustedThrow((spec, last) -> last.failure());
  }
}
