package dev.sluice.cli;

import static dev.sluice.client.transfer.Progress.Outcome.COMPLETE;
import static dev.sluice.client.transfer.Progress.Outcome.RUNNING;
import static dev.sluice.client.transfer.Progress.Outcome.SKIPPED;
import static dev.sluice.client.transfer.Progress.Outcome.UNCHANGED;

import dev.sluice.api.ConnectFailed;
import dev.sluice.api.FileAttributes;
import dev.sluice.api.FileEntry;
import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.api.FileOperations;
import dev.sluice.api.RemotePath;
import dev.sluice.api.SessionClosed;
import dev.sluice.client.transfer.CopyOptions;
import dev.sluice.client.transfer.Mirror;
import dev.sluice.client.transfer.Progress;
import dev.sluice.client.transfer.TransferEvent;
import dev.sluice.client.transfer.Transfers;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * What {@code get} and {@code put} do: a name at the target shows a complete file or none.
 *
 * @param from the tree to read
 * @param to the tree to write
 * @param options of the command
 * @param err where notes, failures and the summary of a tree go
 */
record Copying(FileOperations from, FileOperations to, TransferOptions options, PrintWriter err) {
  private static final String PARTIAL = ".part";

  /**
   * Copies {@code source}, with what is below it if asked to. A single file is begun again when its
   * session has ended; a tree goes on by itself with the file that it was at.
   */
  Mono<Void> copy(RemotePath source, RemotePath target) {
    Mono<Void> copied = Mono.defer(() -> from.stat(source)).flatMap(entry -> copy(entry, target));
    return options.recursive() ? copied : copied.retryWhen(again());
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

  private Mono<Void> copy(FileEntry source, RemotePath target) {
    if (source.attributes().isDirectory()) {
      return options.recursive()
          ? tree(source, target)
          : Mono.error(new FileFailure(FileError.IS_A_DIRECTORY, source.path(), "is a directory"));
    }
    Outcome outcome = new Outcome(err);
    return Causes.checkName(target)
        .then(Mono.defer(() -> file(source, target, outcome)))
        .onErrorResume(
            FileFailure.class,
            refused ->
                refused.error() == FileError.IS_A_DIRECTORY && !target.isRoot()
                    ? file(source, target.child(source.name()), outcome)
                    : Causes.ofMaking(to, target, refused));
  }

  private Mono<Void> file(FileEntry source, RemotePath target, Outcome outcome) {
    CopyOptions how = options.copyOptions();
    return options.resume()
        ? resumed(source, target, how, outcome)
        : shown(Transfers.copy(from, source.path(), to, target, how), outcome);
  }

  private Mono<Void> tree(FileEntry source, RemotePath target) {
    Outcome outcome = new Outcome(err);
    Mirror how = Mirror.oneWay().withCopy(options.copyOptions());
    Flux<TransferEvent> events = Transfers.mirror(from, source.path(), to, target, how);
    return shown(Transfers.orFail(events).concatMapIterable(Copying::progress, 1), outcome)
        .doOnSuccess(done -> outcome.summarise(0))
        .doOnError(failure -> outcome.summarise(Outcome.print(failure, err)));
  }

  private static List<Progress> progress(TransferEvent event) {
    if (event instanceof TransferEvent.FileProgress more) {
      return List.of(new Progress(more.path(), more.octets(), more.total(), RUNNING));
    }
    if (event instanceof TransferEvent.FileDone done) {
      return List.of(
          new Progress(done.path(), done.octets(), done.octets(), COMPLETE, done.remark()));
    }
    if (event instanceof TransferEvent.Same same) {
      return List.of(new Progress(same.path(), 0, 0, UNCHANGED));
    }
    if (event instanceof TransferEvent.LeftOut out) {
      return List.of(new Progress(out.path(), 0, FileAttributes.UNKNOWN, SKIPPED));
    }
    return List.of();
  }

  /** By way of {@code NAME.part}, which stays when the transfer is cut. */
  private Mono<Void> resumed(
      FileEntry source, RemotePath target, CopyOptions how, Outcome outcome) {
    RemotePath partial = target.parent().child(target.name() + PARTIAL);
    Mono<Void> rest =
        Mono.defer(() -> shown(Transfers.resume(from, source.path(), to, partial, how), outcome))
            .then(Mono.defer(() -> to.rename(partial, target)));
    return ifThere(partial)
        .map(found -> rest)
        .switchIfEmpty(
            ifThere(target)
                .flatMap(
                    found ->
                        Transfers.isComplete(from, source.path(), to, target, how)
                            .map(
                                complete -> {
                                  if (complete) {
                                    return Mono.<Void>empty();
                                  }
                                  return found.size() < source.size()
                                      ? to.rename(target, partial).then(rest)
                                      : rest;
                                })))
        .defaultIfEmpty(rest)
        .flatMap(next -> next);
  }

  private Mono<FileEntry> ifThere(RemotePath path) {
    return to.stat(path)
        .filter(entry -> entry.attributes().isFile() && entry.attributes().hasSize())
        .onErrorResume(
            FileFailure.class,
            refusal -> refusal.error() == FileError.NOT_FOUND ? Mono.empty() : Mono.error(refusal));
  }

  private Mono<Void> shown(Flux<Progress> transfer, Outcome outcome) {
    ProgressBar bar = options.bar(err);
    return transfer
        .doOnNext(
            progress -> {
              bar.show(progress);
              outcome.add(progress);
            })
        .doFinally(how -> bar.end())
        .then();
  }
}
