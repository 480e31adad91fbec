package dev.sluice.client.transfer;

import dev.sluice.api.DirectoryListing;
import dev.sluice.api.FileEntry;
import dev.sluice.api.FileOperations;
import dev.sluice.api.RemotePath;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The deletion of a directory and everything below it. Nothing is deleted from a directory whose
 * listing was not fully understood.
 */
record TreeDeletion(FileOperations tree) {

  /** How many entries were deleted. */
  Mono<Long> run(RemotePath directory) {
    return below(directory, 0)
        .flatMap(
            count ->
                directory.isRoot()
                    ? Mono.just(count)
                    : tree.deleteDirectory(directory).thenReturn(count + 1));
  }

  private Mono<Long> below(RemotePath directory, int depth) {
    return Tree.listing(tree, directory, depth)
        .flatMapMany(listing -> Tree.<FileEntry>rest(listing).concatWith(entries(listing)))
        .concatMap(entry -> entry(entry, depth), 1)
        .reduce(0L, Long::sum);
  }

  private static Flux<FileEntry> entries(DirectoryListing listing) {
    return Flux.fromIterable(listing.entries());
  }

  /** A link is deleted; its target stays. */
  private Mono<Long> entry(FileEntry entry, int depth) {
    if (!entry.attributes().isDirectory()) {
      return tree.deleteFile(entry.path()).thenReturn(1L);
    }
    return below(entry.path(), depth + 1)
        .flatMap(count -> tree.deleteDirectory(entry.path()).thenReturn(count + 1));
  }
}
