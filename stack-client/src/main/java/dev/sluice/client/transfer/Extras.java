package dev.sluice.client.transfer;

import dev.sluice.api.FileEntry;
import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.api.LimitExceeded;
import dev.sluice.api.RemotePath;
import dev.sluice.client.transfer.TransferEvent.Deleted;
import dev.sluice.client.transfer.TransferEvent.Failed;
import dev.sluice.client.transfer.TransferEvent.LeftOut;
import dev.sluice.client.transfer.TransferEvent.Why;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Deletes what only the target has, as far as the settings allow. Links are not followed. */
final class Extras {
  private final Steps steps;
  private final Filter.Matcher filter;
  private final AtomicLong left;
  private final AtomicBoolean limitReported = new AtomicBoolean();

  Extras(Steps steps) {
    this.steps = steps;
    this.filter = steps.how().scope().filter().matcher();
    this.left = new AtomicLong(steps.how().deletion().limit());
  }

  /** Deletes these entries of a directory. */
  Flux<TransferEvent> delete(Folder folder, List<FileEntry> entries) {
    AtomicBoolean kept = new AtomicBoolean();
    return Flux.fromIterable(entries)
        .flatMap(
            entry -> entry(entry, folder.below(entry.name()), folder.depth() + 1, kept),
            steps.requests(),
            1)
        .doOnNext(
            event -> {
              if (event instanceof Failed) {
                folder.fail();
              }
            });
  }

  /**
   * Deletes what stands in the way of an entry of the source; signals an error if it stays. Only
   * where both listings were understood, and only if something may be deleted at all.
   */
  Flux<TransferEvent> replace(Folder folder, FileEntry entry, FileFailure inTheWay) {
    Visit.Sides sides = folder.sides();
    if (!steps.deletes() || sides == null || !sides.sure()) {
      return Flux.error(inTheWay);
    }
    return Flux.defer(
        () -> {
          AtomicBoolean kept = new AtomicBoolean();
          return entry(entry, folder.below(entry.name()), folder.depth() + 1, kept)
              .concatWith(Mono.defer(() -> kept.get() ? Mono.error(inTheWay) : Mono.empty()));
        });
  }

  private Flux<TransferEvent> entry(
      FileEntry entry, List<String> names, int depth, AtomicBoolean kept) {
    boolean directory = entry.attributes().isDirectory();
    if (!filter.lets(names, directory)) {
      kept.set(true);
      return Flux.just(new LeftOut(entry.path(), Why.FILTER));
    }
    Flux<TransferEvent> work =
        directory
            ? directory(entry, names, depth, kept)
            : one(entry.path(), steps.to().deleteFile(entry.path()), kept);
    return work.onErrorResume(failure -> failed(entry.path(), failure, kept));
  }

  private Flux<TransferEvent> directory(
      FileEntry entry, List<String> names, int depth, AtomicBoolean kept) {
    AtomicBoolean keptInside = new AtomicBoolean();
    return still(entry.path())
        .then(Mono.defer(() -> steps.again(Tree.listing(steps.to(), entry.path(), depth))))
        .flatMapMany(
            listing ->
                Tree.<FileEntry>rest(listing).concatWith(Flux.fromIterable(listing.entries())))
        .concatMap(inside -> entry(inside, below(names, inside), depth + 1, keptInside), 1)
        .concatWith(
            Flux.defer(
                () -> {
                  if (keptInside.get()) {
                    kept.set(true);
                    return Flux.empty();
                  }
                  return one(entry.path(), steps.to().deleteDirectory(entry.path()), kept);
                }));
  }

  /** A link may have taken the directory's place since it was listed. */
  private Mono<Void> still(RemotePath directory) {
    return steps
        .again(steps.to().lstat(directory))
        .flatMap(
            now ->
                now.attributes().isDirectory()
                    ? Mono.empty()
                    : Mono.error(
                        new FileFailure(
                            FileError.NOT_A_DIRECTORY, directory, "is no directory any more")));
  }

  private Flux<TransferEvent> one(RemotePath path, Mono<Void> deletion, AtomicBoolean kept) {
    return Flux.defer(
        () -> {
          if (left.getAndUpdate(now -> Math.max(0, now - 1)) == 0) {
            kept.set(true);
            return limitReported.compareAndSet(false, true)
                ? Flux.just(new Failed(path, tooMany()))
                : Flux.just(new LeftOut(path, Why.KEPT));
          }
          return steps
              .change(deletion.onErrorResume(Steps::isMissing, gone -> Mono.empty()))
              .thenMany(Flux.<TransferEvent>just(new Deleted(path)))
              .onErrorResume(failure -> failed(path, failure, kept));
        });
  }

  private LimitExceeded tooMany() {
    return new LimitExceeded(
        "more than "
            + steps.how().deletion().limit()
            + " entries to delete, which the caller set as the limit; the rest stays");
  }

  private static Flux<TransferEvent> failed(RemotePath path, Throwable why, AtomicBoolean kept) {
    kept.set(true);
    return Flux.just(new Failed(path, why));
  }

  private static List<String> below(List<String> names, FileEntry entry) {
    List<String> longer = new ArrayList<>(names);
    longer.add(entry.name());
    return longer;
  }
}
