package dev.sluice.api;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Verbs that are made of the other verbs. */
final class Trees {
  private Trees() {}

  static Mono<Boolean> exists(FileOperations tree, RemotePath path) {
    return tree.lstat(path)
        .map(entry -> true)
        .onErrorResume(Trees::isMissing, missing -> Mono.just(false));
  }

  static Mono<Void> createDirectories(FileOperations tree, RemotePath directory) {
    return tree.stat(directory)
        .flatMap(entry -> requireDirectory(entry))
        .onErrorResume(
            Trees::isMissing,
            missing ->
                directory.isRoot() ? Mono.error(missing) : createBelowParent(tree, directory));
  }

  private static Mono<Void> createBelowParent(FileOperations tree, RemotePath directory) {
    return Mono.defer(() -> createDirectories(tree, directory.parent()))
        .then(
            Mono.defer(() -> tree.createDirectory(directory))
                .onErrorResume(
                    FileFailure.class,
                    refusal ->
                        tree.stat(directory)
                            .flatMap(Trees::requireDirectory)
                            .onErrorMap(Trees::isMissing, gone -> refusal)));
  }

  private static Mono<Void> requireDirectory(FileEntry entry) {
    return entry.attributes().isDirectory()
        ? Mono.empty()
        : Mono.error(
            () -> new FileFailure(FileError.NOT_A_DIRECTORY, entry.path(), "is not a directory"));
  }

  static Flux<FileEntry> walk(FileOperations tree, RemotePath directory, WalkOptions options) {
    return Flux.defer(
        () -> {
          AtomicReference<@Nullable IncompleteListing> gap = new AtomicReference<>();
          return below(tree, directory, options, 1, gap)
              .concatWith(
                  Mono.defer(
                      () -> {
                        IncompleteListing first = gap.get();
                        return first == null ? Mono.empty() : Mono.error(first);
                      }));
        });
  }

  private static Flux<FileEntry> below(
      FileOperations tree,
      RemotePath directory,
      WalkOptions options,
      int depth,
      AtomicReference<@Nullable IncompleteListing> gap) {
    return DirectoryListing.of(tree, directory)
        .flatMapMany(
            listing -> {
              gap.compareAndSet(null, listing.incomplete());
              return Flux.fromIterable(listing.entries());
            })
        .concatMap(
            entry -> {
              Flux<FileEntry> itself =
                  options.wanted().test(entry) ? Flux.just(entry) : Flux.empty();
              return entry.attributes().isDirectory() && depth < options.depth()
                  ? itself.concatWith(
                      Flux.defer(() -> below(tree, entry.path(), options, depth + 1, gap)))
                  : itself;
            },
            1);
  }

  private static boolean isMissing(Throwable why) {
    return why instanceof FileFailure failure && failure.error() == FileError.NOT_FOUND;
  }
}
