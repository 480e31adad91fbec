package dev.sluice.client.transfer;

import dev.sluice.api.FileEntry;
import dev.sluice.api.FileFailure;
import dev.sluice.client.transfer.TransferEvent.Reason;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Whether a file has to be copied, and why. */
record Differences(Steps steps) {

  /** Empty = the target has the file. */
  Mono<Reason> reason(FileEntry source, @Nullable FileEntry there) {
    if (there == null) {
      return Mono.just(Reason.NEW);
    }
    if (steps.how().comparison() == Mirror.Comparison.NOTHING) {
      return Mono.just(Reason.FORCED);
    }
    if (!source.attributes().hasSize() || source.size() != there.size()) {
      return Mono.just(Reason.SIZE);
    }
    return switch (steps.how().comparison()) {
      case SIZE, NOTHING -> Mono.empty();
      case CHECKSUM ->
          Verification.same(steps.from(), source.path(), steps.to(), there.path())
              .flatMap(same -> same ? Mono.empty() : Mono.just(Reason.CHECKSUM));
      case SIZE_AND_TIME ->
          isCurrent(source, there)
              .flatMap(current -> current ? Mono.empty() : Mono.just(Reason.NEWER));
    };
  }

  /**
   * If a listing has truncated a time to the minute or the day, the full time is requested before
   * the copy gets it.
   */
  Mono<FileEntry> exact(FileEntry source) {
    return steps.options().kept().times() && TimeComparison.mayBeCut(source)
        ? steps
            .from()
            .stat(source.path())
            .mapNotNull(found -> found.attributes().modified())
            .map(time -> new FileEntry(source.path(), source.attributes().withModified(time)))
            .onErrorResume(FileFailure.class, unknown -> Mono.just(source))
            .defaultIfEmpty(source)
        : Mono.just(source);
  }

  /**
   * Whether the target is not older than its source; asks again if a listing has truncated the
   * time.
   */
  private Mono<Boolean> isCurrent(FileEntry source, FileEntry there) {
    if (there.attributes().modified() == null) {
      return Mono.just(false);
    }
    if (TimeComparison.isNoOlder(there, source) || !TimeComparison.mayBeCut(there)) {
      return Mono.just(TimeComparison.isNoOlder(there, source));
    }
    return steps
        .to()
        .stat(there.path())
        .map(exact -> TimeComparison.isNoOlder(exact, source))
        .onErrorReturn(FileFailure.class, false);
  }
}
