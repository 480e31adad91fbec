package dev.sluice.api.transfer;

import dev.sluice.api.FileEntry;
import dev.sluice.api.FileOperations;
import dev.sluice.api.RawName;
import dev.sluice.api.RemotePath;
import dev.sluice.api.error.FileError;
import dev.sluice.api.error.FileFailure;
import dev.sluice.api.error.LimitExceeded;
import java.util.List;
import reactor.core.publisher.Mono;

/** Listings that are walked, with a look at what a peer says is in them. */
final class Tree {
  /** Directories below each other; a peer can make up more than any disk holds. */
  static final int MAX_DEPTH = 256;

  /** Entries of one directory that are held in memory. */
  static final int MAX_ENTRIES = 1_000_000;

  private Tree() {}

  /**
   * All entries of {@code directory}. Held in memory, since a session that does one thing at a time
   * can do nothing with the first before the last has come.
   */
  static Mono<List<FileEntry>> entries(FileOperations tree, RemotePath directory, int depth) {
    if (depth > MAX_DEPTH) {
      return Mono.error(
          () ->
              new LimitExceeded(
                  RawName.escape(directory.toString())
                      + " lies deeper than "
                      + MAX_DEPTH
                      + " directories, a fixed limit"));
    }
    return tree.list(directory)
        .doOnNext(entry -> check(directory, entry))
        .take(MAX_ENTRIES + 1L)
        .collectList()
        .doOnNext(entries -> checkCount(directory, entries.size()));
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

  /** Whoever lists may name what is elsewhere: only a child of the directory is one. */
  private static void check(RemotePath directory, FileEntry entry) {
    RemotePath honest = directory.child(entry.name());
    if (!honest.equals(entry.path())) {
      throw new FileFailure(
          FileError.INVALID_NAME, entry.path(), "was listed in " + directory + ": refused");
    }
  }
}
