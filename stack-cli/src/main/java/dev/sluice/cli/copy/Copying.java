package dev.sluice.cli.copy;

import dev.sluice.api.ConnectFailed;
import dev.sluice.api.FileEntry;
import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.api.FileOperations;
import dev.sluice.api.RemotePath;
import dev.sluice.api.SessionClosed;
import dev.sluice.cli.output.Board;
import dev.sluice.cli.output.Outcome;
import dev.sluice.cli.place.Causes;
import dev.sluice.cli.place.Place;
import dev.sluice.client.transfer.CopyOptions;
import dev.sluice.client.transfer.Mirror;
import dev.sluice.client.transfer.Progress;
import dev.sluice.client.transfer.TransferEvent;
import dev.sluice.client.transfer.TransferEvent.FileDone;
import dev.sluice.client.transfer.Transfers;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * What {@code get}, {@code put} and {@code cp} do: a name at the target shows a complete file or
 * none.
 *
 * @param source what is read
 * @param target what is written
 * @param options of the command
 * @param outcome takes in what has become of each file
 * @param board shows how far it is
 * @param explained whether somebody asks why a file is copied
 */
record Copying(
    Place source,
    Place target,
    TransferOptions options,
    Outcome outcome,
    Board board,
    boolean explained) {
  private static final String PARTIAL = ".part";

  /**
   * Copies the source, with what is below it if asked to. A single file is begun again when its
   * session has ended; a tree goes on by itself with the file that it was at.
   */
  Mono<Void> copy() {
    Mono<Void> copied =
        Mono.defer(() -> from().stat(source.path())).flatMap(entry -> copy(entry, target.path()));
    return options.recursive() ? copied : copied.retryWhen(again());
  }

  private FileOperations from() {
    return source.tree();
  }

  private FileOperations to() {
    return target.tree();
  }

  private static Retry again() {
    AtomicBoolean ended = new AtomicBoolean();
    return Retry.backoff(TransferOptions.RETRIES, Duration.ofMillis(200))
        .filter(
            failure -> {
              ended.compareAndSet(false, failure instanceof SessionClosed);
              return ended.get()
                  && (failure instanceof SessionClosed || failure instanceof ConnectFailed);
            })
        .onRetryExhaustedThrow((spec, last) -> last.failure());
  }

  private Mono<Void> copy(FileEntry entry, RemotePath place) {
    if (entry.attributes().isDirectory()) {
      return options.recursive()
          ? tree(entry, place)
          : Mono.error(new FileFailure(FileError.IS_A_DIRECTORY, entry.path(), "is a directory"));
    }
    return Causes.checkName(place)
        .then(Mono.defer(() -> file(entry, place)))
        .onErrorResume(
            FileFailure.class,
            refused ->
                refused.error() == FileError.IS_A_DIRECTORY && !place.isRoot()
                    ? file(entry, place.child(entry.name()))
                    : Causes.ofMaking(to(), place, refused));
  }

  private Mono<Void> file(FileEntry entry, RemotePath place) {
    CopyOptions how = options.copyOptions();
    Mono<Void> copied =
        options.resume()
            ? resumed(entry, place, how)
            : shown(Transfers.copy(from(), entry.path(), to(), place, how), place);
    return copied.then(Mono.defer(() -> options.afterwards().done(source, entry.path())));
  }

  private Mono<Void> tree(FileEntry entry, RemotePath place) {
    outcome.counts();
    AfterCopy afterwards = options.afterwards();
    Mirror how = Mirror.oneWay().withCopy(options.copyOptions());
    Flux<TransferEvent> events =
        Transfers.mirror(from(), entry.path(), to(), place, how)
            .doOnNext(
                event -> {
                  board.add(event);
                  outcome.add(event, target::wordOf);
                });
    return Transfers.orFail(events)
        .concatMap(
            event ->
                event instanceof FileDone done && !afterwards.isNothing()
                    ? afterwards.done(source, entry.path().append(done.path().relativeTo(place)))
                    : Mono.empty())
        .then();
  }

  /** By way of {@code NAME.part}, which stays when the transfer is cut. */
  private Mono<Void> resumed(FileEntry entry, RemotePath place, CopyOptions how) {
    RemotePath partial = place.parent().child(place.name() + PARTIAL);
    Mono<Void> rest =
        Mono.defer(() -> shown(Transfers.resume(from(), entry.path(), to(), partial, how), place))
            .then(Mono.defer(() -> to().rename(partial, place)));
    return ifThere(partial)
        .map(found -> rest)
        .switchIfEmpty(
            ifThere(place)
                .flatMap(
                    found ->
                        Transfers.isComplete(from(), entry.path(), to(), place, how)
                            .map(
                                complete -> {
                                  if (complete) {
                                    return Mono.<Void>empty();
                                  }
                                  return found.size() < entry.size()
                                      ? to().rename(place, partial).then(rest)
                                      : rest;
                                })))
        .defaultIfEmpty(rest)
        .flatMap(next -> next);
  }

  private Mono<FileEntry> ifThere(RemotePath path) {
    return to().stat(path)
        .filter(entry -> entry.attributes().isFile() && entry.attributes().hasSize())
        .onErrorResume(
            FileFailure.class,
            refusal -> refusal.error() == FileError.NOT_FOUND ? Mono.empty() : Mono.error(refusal));
  }

  private Mono<Void> shown(Flux<Progress> transfer, RemotePath place) {
    return reason(place)
        .flatMapMany(
            reason ->
                transfer.doOnNext(
                    progress -> {
                      board.add(progress);
                      if (progress.outcome() == Progress.Outcome.COMPLETE) {
                        String word = target.wordOf(progress.path());
                        String why = reason.isEmpty() ? null : reason;
                        outcome.complete(word, why, progress.octets(), progress.remark());
                      }
                    }))
        .then();
  }

  /** A single file is copied in any case: whether it is new there is found out for who asks. */
  private Mono<String> reason(RemotePath place) {
    return explained
        ? to().exists(place).map(there -> there ? "forced" : "new").onErrorReturn("")
        : Mono.just("");
  }
}
