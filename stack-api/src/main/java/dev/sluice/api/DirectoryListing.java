package dev.sluice.api;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * All entries of a directory, checked: none of them leads out of it.
 *
 * @param entries at most {@link #MAX_ENTRIES}
 * @param incomplete the part that was not understood; null = the listing is complete
 */
public record DirectoryListing(List<FileEntry> entries, @Nullable IncompleteListing incomplete) {
  /** Entries of one directory that are held in memory. */
  public static final int MAX_ENTRIES = 1_000_000;

  public DirectoryListing {
    entries = List.copyOf(entries);
  }

  /**
   * Lists {@code directory} into memory: a session that does one thing at a time cannot process the
   * first entry before the last has arrived. Signals {@link LimitExceeded} for more entries than
   * {@link #MAX_ENTRIES}, and {@link FileError#INVALID_NAME} for an entry that lies elsewhere.
   */
  public static Mono<DirectoryListing> of(FileOperations tree, RemotePath directory) {
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
              .map(entries -> new DirectoryListing(entries, incomplete.get()));
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
