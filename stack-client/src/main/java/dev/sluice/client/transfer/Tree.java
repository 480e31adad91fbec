package dev.sluice.client.transfer;

import dev.sluice.api.DirectoryListing;
import dev.sluice.api.FileOperations;
import dev.sluice.api.LimitExceeded;
import dev.sluice.api.RawName;
import dev.sluice.api.RemotePath;
import dev.sluice.api.WalkOptions;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Walks listings, to a bounded depth. */
final class Tree {
  private Tree() {}

  /** All entries of {@code directory}, which lies {@code depth} directories below the start. */
  static Mono<DirectoryListing> listing(FileOperations tree, RemotePath directory, int depth) {
    return depth <= WalkOptions.MAX_DEPTH
        ? DirectoryListing.of(tree, directory)
        : Mono.error(
            () ->
                new LimitExceeded(
                    RawName.escape(directory.toString())
                        + " lies deeper than "
                        + WalkOptions.MAX_DEPTH
                        + " directories, a fixed limit"));
  }

  /** Ends with an error if the directory has more than these entries. */
  static <T> Flux<T> rest(DirectoryListing listing) {
    return listing.incomplete() == null ? Flux.empty() : Flux.error(listing.incomplete());
  }
}
