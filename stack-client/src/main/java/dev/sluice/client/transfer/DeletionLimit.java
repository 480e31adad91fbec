package dev.sluice.client.transfer;

import dev.sluice.api.FileOperations;
import dev.sluice.api.LimitExceeded;
import dev.sluice.api.RemotePath;
import dev.sluice.client.transfer.Deletion.When;
import dev.sluice.client.transfer.TransferEvent.Deleted;
import dev.sluice.client.transfer.TransferEvent.Failed;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Whether a mirror would delete more than it may, which is known before anything is deleted. */
record DeletionLimit(
    FileOperations from, RemotePath source, FileOperations to, RemotePath target, Mirror how) {

  /** How the mirror is done, with an event first if it may not delete. */
  record Allowed(Mirror how, Flux<TransferEvent> first) {}

  /** Looks at both trees if there is a limit. */
  Mono<Allowed> look() {
    Allowed asAsked = new Allowed(how, Flux.empty());
    if (how.deletion().when() == When.NEVER || how.deletion().limit() == Long.MAX_VALUE) {
      return Mono.just(asAsked);
    }
    return count()
        .map(
            number ->
                number <= how.deletion().limit()
                    ? asAsked
                    : new Allowed(
                        how.delete(Deletion.NONE), Flux.just(new Failed(target, tooMany(number)))));
  }

  /** The same mirror, but nothing is compared, copied or deleted. */
  private Mono<Long> count() {
    Mirror rehearsal =
        how.dry()
            .comparing(Mirror.Comparison.NOTHING)
            .delete(Deletion.before())
            .copying(options -> options.withVerified(false));
    return TreeMirror.of(new Steps(from, to, rehearsal))
        .run(source, target)
        .onErrorResume(failure -> Flux.empty())
        .filter(Deleted.class::isInstance)
        .count();
  }

  private LimitExceeded tooMany(long number) {
    return new LimitExceeded(
        number
            + " entries would be deleted, more than the "
            + how.deletion().limit()
            + " that the caller set as the limit; nothing is deleted");
  }
}
