package dev.sluice.client.transfer;

import dev.sluice.api.AttributeChange;
import dev.sluice.api.Capability;
import dev.sluice.api.DirectoryListing;
import dev.sluice.api.FileAttributes;
import dev.sluice.api.FileEntry;
import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.api.FileKind;
import dev.sluice.api.FileOperations;
import dev.sluice.api.RemotePath;
import dev.sluice.client.transfer.CopyOptions.Placement;
import dev.sluice.client.transfer.Progress.Outcome;
import dev.sluice.client.transfer.Progress.Remark;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The copy of a directory and everything below it from one tree to another. */
final class TreeMirror {
  private final FileOperations from;
  private final FileOperations to;
  private final CopyOptions options;

  /** Whether the target has shown that it accepts files only in place. */
  private volatile boolean inPlaceOnly;

  TreeMirror(FileOperations from, FileOperations to, CopyOptions options) {
    this.from = from;
    this.to = to;
    this.options = options;
  }

  Flux<Progress> run(RemotePath source, RemotePath target) {
    FileFailure refusal = new FileCopy(from, source, to, target).refusal();
    return refusal == null
        ? again(top(source)).flatMapMany(top -> directory(top, target, 0))
        : Flux.error(refusal);
  }

  /** Even if the directory's attributes cannot be read, it may be possible to list it. */
  private Mono<FileEntry> top(RemotePath source) {
    return from.stat(source)
        .onErrorReturn(
            FileFailure.class, new FileEntry(source, FileAttributes.of(FileKind.DIRECTORY)));
  }

  private <T> Mono<T> again(Mono<T> step) {
    return options.retries() == 0 ? step : step.retryWhen(Retries.of(options));
  }

  private Flux<Progress> directory(FileEntry source, RemotePath target, int depth) {
    return again(Tree.listing(from, source.path(), depth))
        .flatMapMany(
            listing ->
                again(ensureDirectory(target, depth))
                    .flatMapMany(
                        made ->
                            again(Tree.listing(to, target, depth))
                                .flatMapMany(there -> children(listing, there, target, depth))
                                .concatWith(finished(source, target, made))));
  }

  /**
   * Copies several files at a time, then the subdirectories one by one; a failure is signalled
   * after the rest.
   */
  private Flux<Progress> children(
      DirectoryListing listing, DirectoryListing target, RemotePath directory, int depth) {
    Map<String, FileEntry> there = byName(target);
    Flux<Progress> files =
        Flux.fromIterable(listing.entries())
            .filter(entry -> entry.kind() != FileKind.DIRECTORY)
            .flatMapDelayError(
                entry -> file(entry, there.get(entry.name()), directory.child(entry.name())),
                parallel(),
                1);
    Flux<Progress> directories =
        Flux.fromIterable(listing.entries())
            .filter(entry -> entry.kind() == FileKind.DIRECTORY)
            .concatMapDelayError(
                entry -> directory(entry, directory.child(entry.name()), depth + 1));
    return Flux.concatDelayError(files, directories, Tree.rest(listing));
  }

  private int parallel() {
    boolean both =
        from.capabilities().contains(Capability.PARALLEL_TRANSFERS)
            && to.capabilities().contains(Capability.PARALLEL_TRANSFERS);
    return both ? options.concurrency() : 1;
  }

  private Flux<Progress> file(FileEntry source, @Nullable FileEntry there, RemotePath target) {
    if (source.kind() != FileKind.FILE) {
      return Flux.just(new Progress(target, 0, FileAttributes.UNKNOWN, Outcome.SKIPPED));
    }
    if (there != null && there.kind() != FileKind.FILE) {
      return Flux.error(
          new FileFailure(
              FileError.ALREADY_EXISTS, target, "a " + there.kind() + " has the name of a file"));
    }
    Flux<Progress> step =
        isCurrent(source, there)
            .flatMapMany(
                current ->
                    current
                        ? Flux.just(
                            new Progress(target, source.size(), source.size(), Outcome.UNCHANGED))
                        : copied(source, target));
    return options.retries() == 0 ? step : step.retryWhen(Retries.of(options));
  }

  private Flux<Progress> copied(FileEntry source, RemotePath target) {
    CopyOptions now = inPlaceOnly ? options.withPlacement(Placement.IN_PLACE) : options;
    return exact(source)
        .flatMapMany(original -> new FileCopy(from, source.path(), to, target).run(original, now))
        .doOnNext(
            progress -> {
              Remark remark = progress.remark();
              if (remark != null && remark.kind() == Remark.Kind.WRITTEN_IN_PLACE) {
                inPlaceOnly = true;
              }
            });
  }

  /**
   * If a listing has truncated a time to the minute or the day, the full time is requested before
   * the copy gets it.
   */
  private Mono<FileEntry> exact(FileEntry source) {
    return options.kept().times() && TimeComparison.mayBeCut(source)
        ? from.stat(source.path()).onErrorResume(FileFailure.class, unknown -> Mono.just(source))
        : Mono.just(source);
  }

  /**
   * Whether the target has the same size and is not older than its source; asks again if a listing
   * has truncated the time.
   */
  private Mono<Boolean> isCurrent(FileEntry source, @Nullable FileEntry there) {
    if (there == null
        || there.attributes().modified() == null
        || !source.attributes().hasSize()
        || source.size() != there.size()) {
      return Mono.just(false);
    }
    if (TimeComparison.isNoOlder(there, source) || !TimeComparison.mayBeCut(there)) {
      return Mono.just(TimeComparison.isNoOlder(there, source));
    }
    return to.stat(there.path())
        .map(exact -> TimeComparison.isNoOlder(exact, source))
        .onErrorReturn(FileFailure.class, false);
  }

  /**
   * Whether the directory was created. Below the top, a link in the way is not followed: its target
   * was not part of the request.
   */
  private Mono<Boolean> ensureDirectory(RemotePath target, int depth) {
    return (depth == 0 ? to.stat(target) : to.lstat(target))
        .flatMap(
            there ->
                there.attributes().isDirectory()
                    ? Mono.just(false)
                    : Mono.<Boolean>error(
                        new FileFailure(
                            FileError.NOT_A_DIRECTORY,
                            target,
                            "a " + there.kind() + " has the name of a directory")))
        .onErrorResume(
            FileFailure.class,
            refusal ->
                refusal.error() == FileError.NOT_FOUND
                    ? to.createDirectory(target).thenReturn(true)
                    : Mono.error(refusal));
  }

  /**
   * Done last, since writing into a directory changes its time, and its mode may forbid writing.
   */
  private Mono<Progress> finished(FileEntry source, RemotePath target, boolean made) {
    AttributeChange change =
        options.kept().ofDirectory(source.attributes(), to.capabilities(), made);
    return change.equals(AttributeChange.none())
        ? Mono.empty()
        : to.setAttributes(target, change)
            .then(Mono.<Progress>empty())
            .onErrorResume(
                FileFailure.class,
                why ->
                    Mono.just(
                        new Progress(
                            target,
                            0,
                            FileAttributes.UNKNOWN,
                            Outcome.UNCHANGED,
                            new Remark(Remark.Kind.ATTRIBUTES_NOT_KEPT, why.detail()))));
  }

  private static Map<String, FileEntry> byName(DirectoryListing listing) {
    return listing.entries().stream()
        .collect(Collectors.toMap(FileEntry::name, Function.identity(), (one, two) -> two));
  }
}
