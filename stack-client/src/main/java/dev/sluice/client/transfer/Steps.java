package dev.sluice.client.transfer;

import dev.sluice.api.Capability;
import dev.sluice.api.FileEntry;
import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.api.FileOperations;
import dev.sluice.client.transfer.Deletion.When;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** The two trees of a mirror and how it is done: what every step of it needs. */
record Steps(FileOperations from, FileOperations to, Mirror how, @Nullable Journal journal) {
  /** Requests of one kind that are under way at a time in one directory. */
  private static final int REQUESTS = 16;

  Steps(FileOperations from, FileOperations to, Mirror how) {
    this(from, to, how, null);
  }

  CopyOptions options() {
    return how.copy();
  }

  /** Whether an earlier run has finished this file, and the target still has it. */
  boolean isFinished(FileEntry source, @Nullable FileEntry there) {
    Journal known = journal;
    return known != null && there != null && there.size() == source.size() && known.has(source);
  }

  /** Remembers that a file is finished. */
  Mono<Void> finished(FileEntry source) {
    Journal known = journal;
    return known == null || how.dryRun() ? Mono.empty() : known.add(source);
  }

  boolean deletes() {
    return how.deletion().when() != When.NEVER;
  }

  /** Retries a step as often as the options say. */
  <T> Mono<T> again(Mono<T> step) {
    return options().retries() == 0 ? step : step.retryWhen(Retries.of(options()));
  }

  /** Does nothing in a dry run. */
  Mono<Void> change(Mono<Void> step) {
    return how.dryRun() ? Mono.empty() : again(step);
  }

  /** Whether both sides can do several things at once. */
  boolean parallel() {
    return from.capabilities().contains(Capability.PARALLEL_TRANSFERS)
        && to.capabilities().contains(Capability.PARALLEL_TRANSFERS);
  }

  int requests() {
    return parallel() ? REQUESTS : 1;
  }

  static boolean isMissing(Throwable failure) {
    return failure instanceof FileFailure refused && refused.error() == FileError.NOT_FOUND;
  }
}
