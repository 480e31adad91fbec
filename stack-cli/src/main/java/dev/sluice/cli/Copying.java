package dev.sluice.cli;

import dev.sluice.api.FileEntry;
import dev.sluice.api.FileOperations;
import dev.sluice.api.RawName;
import dev.sluice.api.RemotePath;
import dev.sluice.api.WriteMode;
import dev.sluice.api.error.FileError;
import dev.sluice.api.error.FileFailure;
import dev.sluice.api.transfer.Progress;
import dev.sluice.api.transfer.Transfers;
import java.time.Instant;
import java.util.function.Consumer;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * What {@code get} and {@code put} do: a name at the target shows a complete file or none.
 *
 * @param from the tree to read
 * @param to the tree to write
 * @param options of the command
 * @param bar shows how far it is
 * @param notes hears of what is left out
 */
record Copying(
    FileOperations from,
    FileOperations to,
    TransferOptions options,
    ProgressBar bar,
    Consumer<String> notes) {
  private static final String PARTIAL = ".part";

  /** Copies {@code source}, with what is below it if asked to. */
  Mono<Void> copy(RemotePath source, RemotePath target) {
    return from.stat(source).flatMap(entry -> copy(entry, target));
  }

  private Mono<Void> copy(FileEntry source, RemotePath target) {
    if (source.attributes().isDirectory()) {
      return options.recursive()
          ? shown(Transfers.mirror(from, source.path(), to, target))
          : Mono.error(new FileFailure(FileError.IS_A_DIRECTORY, source.path(), "is a directory"));
    }
    return options.resume()
        ? resumed(source, target)
        : shown(Transfers.copy(from, source.path(), to, target, WriteMode.replace()));
  }

  /** By way of {@code NAME.part}, which stays when the transfer is cut. */
  private Mono<Void> resumed(FileEntry source, RemotePath target) {
    RemotePath partial = target.parent().child(target.name() + PARTIAL);
    Mono<Void> rest =
        Mono.defer(() -> shown(Transfers.resume(from, source.path(), to, partial)))
            .then(Mono.defer(() -> to.rename(partial, target)));
    return ifThere(partial)
        .map(found -> rest)
        .switchIfEmpty(
            ifThere(target)
                .map(
                    found -> {
                      if (isCurrent(source, found)) {
                        return Mono.<Void>empty();
                      }
                      return found.size() < source.size()
                          ? to.rename(target, partial).then(rest)
                          : rest;
                    }))
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

  private static boolean isCurrent(FileEntry source, FileEntry found) {
    Instant changed = source.attributes().modified();
    Instant written = found.attributes().modified();
    return found.size() == source.size()
        && changed != null
        && written != null
        && written.getEpochSecond() >= changed.getEpochSecond();
  }

  private Mono<Void> shown(Flux<Progress> transfer) {
    return transfer
        .doOnNext(
            progress -> {
              bar.show(progress);
              if (progress.outcome() == Progress.Outcome.SKIPPED) {
                notes.accept(
                    "left out "
                        + RawName.escape(progress.path().toString())
                        + ": neither a file nor a directory");
              }
            })
        .doFinally(how -> bar.end())
        .then();
  }
}
