package dev.sluice.client.transfer;

import dev.sluice.api.FileEntry;
import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.api.FileOperations;
import dev.sluice.api.IncompleteListing;
import dev.sluice.api.LimitExceeded;
import dev.sluice.api.RawName;
import dev.sluice.api.RemotePath;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Walks listings and checks the entries that a peer sends. */
final class Tree {
  /** Depth of nested directories; a peer can invent more than any disk holds. */
  static final int MAX_DEPTH = 256;

  /** Entries of one directory that are held in memory. */
  static final int MAX_ENTRIES = 1_000_000;

  private Tree() {}

  /**
   * What is known about a directory.
   *
   * @param incomplete the part that was not understood; null = the listing is complete
   */
  record Listing(List<FileEntry> entries, @Nullable IncompleteListing incomplete) {

    /** Ends with an error if the directory has more than these entries. */
    <T> Flux<T> rest() {
      return incomplete == null ? Flux.empty() : Flux.error(incomplete);
    }
  }

  /**
   * All entries of {@code directory}. They are held in memory: a session that does one thing at a
   * time cannot process the first entry before the last has arrived.
   */
  static Mono<Listing> listing(FileOperations tree, RemotePath directory, int depth) {
    if (depth > MAX_DEPTH) {
      return Mono.error(
          () ->
              new LimitExceeded(
                  RawName.escape(directory.toString())
                      + " lies deeper than "
                      + MAX_DEPTH
                      + " directories, a fixed limit"));
    }
    return Mono.defer(
        () -> {
          AtomicReference<@Nullable IncompleteListing> incomplete = new AtomicReference<>();
          return tree.list(directory)
              .onErrorResume(
                  IncompleteListing.class,
                  gap -> {
                    incomplete.set(gap);
                    return Flux.empty();
                  })
              .doOnNext(entry -> check(directory, entry))
              .take(MAX_ENTRIES + 1L)
              .collectList()
              .doOnNext(entries -> checkCount(directory, entries.size()))
              .map(entries -> new Listing(entries, incomplete.get()));
        });
  }

  private static void checkCount(RemotePath directory, int count) {
    if (count > MAX_ENTRIES) {
      throw new LimitExceeded(
          RawName.escape(directory.toString())
              + " holds more than "
              + MAX_ENTRIES
              + " entries, a fixed limit");
    }
  }

  /** A peer's listing may name entries elsewhere; only a child of the directory is accepted. */
  private static void check(RemotePath directory, FileEntry entry) {
    RemotePath honest = directory.child(entry.name());
    if (!honest.equals(entry.path())) {
      throw new FileFailure(
          FileError.INVALID_NAME, entry.path(), "was listed in " + directory + ": refused");
    }
  }
}
