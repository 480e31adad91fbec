package dev.sluice.api.transfer;

import dev.sluice.api.Capability;
import dev.sluice.api.FileAttributes;
import dev.sluice.api.FileEntry;
import dev.sluice.api.FileKind;
import dev.sluice.api.FileOperations;
import dev.sluice.api.RemotePath;
import dev.sluice.api.WriteMode;
import dev.sluice.api.error.FileError;
import dev.sluice.api.error.FileFailure;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A directory and all below it on their way from one tree to another. */
record TreeMirror(FileOperations from, FileOperations to, int concurrency) {

  Flux<Progress> run(RemotePath source, RemotePath target) {
    FileFailure refusal = new FileCopy(from, source, to, target).refusal();
    return refusal == null ? directory(source, target, 0) : Flux.error(refusal);
  }

  private Flux<Progress> directory(RemotePath source, RemotePath target, int depth) {
    return Tree.entries(from, source, depth)
        .flatMapMany(
            entries ->
                ensureDirectory(target)
                    .then(Tree.entries(to, target, depth))
                    .flatMapMany(there -> children(entries, byName(there), target, depth)));
  }

  /**
   * Files several at a time, then the directories below one by one; a failure waits for the rest.
   */
  private Flux<Progress> children(
      List<FileEntry> entries, Map<String, FileEntry> there, RemotePath target, int depth) {
    Flux<Progress> files =
        Flux.fromIterable(entries)
            .filter(entry -> entry.kind() != FileKind.DIRECTORY)
            .flatMapDelayError(
                entry -> file(entry, there.get(entry.name()), target.child(entry.name())),
                parallel(),
                1);
    Flux<Progress> directories =
        Flux.fromIterable(entries)
            .filter(entry -> entry.kind() == FileKind.DIRECTORY)
            .concatMapDelayError(
                entry -> directory(entry.path(), target.child(entry.name()), depth + 1));
    return Flux.concatDelayError(files, directories);
  }

  private int parallel() {
    boolean both =
        from.capabilities().contains(Capability.PARALLEL_TRANSFERS)
            && to.capabilities().contains(Capability.PARALLEL_TRANSFERS);
    return both ? concurrency : 1;
  }

  private Flux<Progress> file(FileEntry source, @Nullable FileEntry there, RemotePath target) {
    if (source.kind() != FileKind.FILE) {
      return Flux.just(new Progress(target, 0, FileAttributes.UNKNOWN, Progress.Outcome.SKIPPED));
    }
    if (there != null && there.kind() != FileKind.FILE) {
      return Flux.error(
          new FileFailure(
              FileError.ALREADY_EXISTS, target, "a " + there.kind() + " has the name of a file"));
    }
    if (there != null && isCurrent(source, there)) {
      return Flux.just(
          new Progress(target, there.size(), there.size(), Progress.Outcome.UNCHANGED));
    }
    return new FileCopy(from, source.path(), to, target)
        .keepingTime(0, source, WriteMode.replace());
  }

  private static boolean isCurrent(FileEntry source, FileEntry there) {
    Instant changed = source.attributes().modified();
    Instant written = there.attributes().modified();
    return changed != null
        && written != null
        && source.attributes().hasSize()
        && source.size() == there.size()
        && !written
            .truncatedTo(ChronoUnit.SECONDS)
            .isBefore(changed.truncatedTo(ChronoUnit.SECONDS));
  }

  /** A link in the way is not followed: what it leads to was not asked for. */
  private Mono<Void> ensureDirectory(RemotePath target) {
    return to.lstat(target)
        .flatMap(
            there ->
                there.attributes().isDirectory()
                    ? Mono.<Void>empty()
                    : Mono.<Void>error(
                        new FileFailure(
                            FileError.NOT_A_DIRECTORY,
                            target,
                            "a " + there.kind() + " has the name of a directory")))
        .onErrorResume(
            FileFailure.class,
            refusal ->
                refusal.error() == FileError.NOT_FOUND
                    ? to.createDirectory(target)
                    : Mono.error(refusal));
  }

  private static Map<String, FileEntry> byName(List<FileEntry> entries) {
    return entries.stream()
        .collect(Collectors.toMap(FileEntry::name, Function.identity(), (one, two) -> two));
  }
}
