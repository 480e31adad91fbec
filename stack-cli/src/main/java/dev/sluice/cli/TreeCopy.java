package dev.sluice.cli;

import dev.sluice.api.FileEntry;
import dev.sluice.api.FileKind;
import dev.sluice.api.FileOperations;
import dev.sluice.api.RawName;
import dev.sluice.api.RemotePath;
import dev.sluice.api.error.FileError;
import dev.sluice.api.error.FileFailure;
import dev.sluice.api.error.LimitExceeded;
import java.util.List;
import java.util.function.Consumer;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Walks below a directory: copies it to another tree, or removes it. Symbolic links are never
 * followed. One directory's entries are held at a time on each level, since a session that lists
 * cannot transfer.
 */
final class TreeCopy {
  static final int MAX_DEPTH = 128;
  static final int MAX_ENTRIES = 1_000_000;

  private TreeCopy() {}

  /**
   * Copies {@code source} with all below it.
   *
   * @param skipped hears of what is neither a file nor a directory
   */
  static Mono<Void> copy(
      FileCopy files, RemotePath source, RemotePath target, Consumer<String> skipped) {
    return files.from().stat(source).flatMap(entry -> copy(files, entry, target, skipped, 0));
  }

  /** Removes {@code path} with all below it. */
  static Mono<Void> remove(FileOperations tree, RemotePath path) {
    return tree.lstat(path).flatMap(entry -> remove(tree, entry, 0));
  }

  private static Mono<Void> copy(
      FileCopy files, FileEntry source, RemotePath target, Consumer<String> skipped, int depth) {
    if (source.kind() == FileKind.FILE) {
      return files.copy(source, target);
    }
    if (source.kind() != FileKind.DIRECTORY) {
      skipped.accept(RawName.escape(source.path().toString()));
      return Mono.empty();
    }
    return entries(files.from(), source.path(), depth)
        .flatMap(
            entries ->
                makeDirectory(files.to(), target)
                    .thenMany(Flux.fromIterable(entries))
                    .concatMap(
                        entry -> copy(files, entry, target.child(entry.name()), skipped, depth + 1))
                    .then());
  }

  private static Mono<Void> remove(FileOperations tree, FileEntry entry, int depth) {
    if (entry.kind() != FileKind.DIRECTORY) {
      return tree.deleteFile(entry.path());
    }
    return entries(tree, entry.path(), depth)
        .flatMapMany(Flux::fromIterable)
        .concatMap(below -> remove(tree, below, depth + 1))
        .then(Mono.defer(() -> tree.deleteDirectory(entry.path())));
  }

  private static Mono<Void> makeDirectory(FileOperations tree, RemotePath directory) {
    return tree.stat(directory)
        .flatMap(
            found ->
                found.attributes().isDirectory()
                    ? Mono.<Boolean>just(true)
                    : Mono.<Boolean>error(
                        new FileFailure(
                            FileError.NOT_A_DIRECTORY, directory, "is in the way; remove it")))
        .onErrorResume(
            FileCopy::isMissing, failure -> tree.createDirectory(directory).thenReturn(true))
        .then();
  }

  private static Mono<List<FileEntry>> entries(
      FileOperations tree, RemotePath directory, int depth) {
    if (depth >= MAX_DEPTH) {
      return Mono.error(
          new LimitExceeded("more than " + MAX_DEPTH + " directories below one another"));
    }
    return tree.list(directory)
        .take(MAX_ENTRIES + 1L)
        .collectList()
        .flatMap(
            entries ->
                entries.size() > MAX_ENTRIES
                    ? Mono.error(
                        new LimitExceeded("more than " + MAX_ENTRIES + " entries in one directory"))
                    : Mono.just(entries));
  }
}
