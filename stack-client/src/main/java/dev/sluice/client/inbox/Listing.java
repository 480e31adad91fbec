package dev.sluice.client.inbox;

import dev.sluice.api.DirectoryListing;
import dev.sluice.api.FileEntry;
import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.api.FileOperations;
import dev.sluice.api.IncompleteListing;
import dev.sluice.api.LimitExceeded;
import dev.sluice.api.RemotePath;
import dev.sluice.api.TransferException;
import dev.sluice.client.inbox.InboxEvent.ListingIncomplete;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What one poll finds: the files of all directories that take part. */
final class Listing {
  private final FileOperations tree;
  private final int depth;
  private final Predicate<FileEntry> entered;
  private final List<FileEntry> files = new ArrayList<>();
  private final List<InboxEvent> gaps = new ArrayList<>();

  private Listing(FileOperations tree, int depth, Predicate<FileEntry> entered) {
    this.tree = tree;
    this.depth = depth;
    this.entered = entered;
  }

  /**
   * Looks at a directory.
   *
   * @param entered which directories below it are looked at, too
   */
  static Mono<Listing> of(
      FileOperations tree, RemotePath directory, int depth, Predicate<FileEntry> entered) {
    return Mono.defer(
        () -> {
          Listing listing = new Listing(tree, depth, entered);
          return listing.list(directory, 1).thenReturn(listing);
        });
  }

  /** At most {@link DirectoryListing#MAX_ENTRIES}. */
  List<FileEntry> files() {
    return files;
  }

  /** Of the files. */
  Set<RemotePath> paths() {
    Set<RemotePath> paths = new HashSet<>();
    files.forEach(file -> paths.add(file.path()));
    return paths;
  }

  /** What could not be listed. */
  List<InboxEvent> gaps() {
    return gaps;
  }

  private Mono<Void> list(RemotePath directory, int level) {
    return DirectoryListing.of(tree, directory)
        .flatMapMany(listing -> Flux.fromIterable(taken(directory, listing)))
        .filter(entry -> level < depth && entered.test(entry))
        .concatMap(entry -> below(entry.path(), level + 1), 1)
        .then();
  }

  /** A session that has ended ends the poll; a directory that refuses does not. */
  private Mono<Void> below(RemotePath directory, int level) {
    return list(directory, level)
        .onErrorResume(
            TransferException.class,
            why -> {
              if (!(why instanceof FileFailure refused)) {
                return Mono.error(why);
              }
              if (refused.error() != FileError.NOT_FOUND) {
                gaps.add(new ListingIncomplete(directory, refused));
              }
              return Mono.empty();
            });
  }

  /** Keeps the files; returns the directories. */
  private List<FileEntry> taken(RemotePath directory, DirectoryListing listing) {
    IncompleteListing gap = listing.incomplete();
    if (gap != null) {
      gaps.add(new ListingIncomplete(directory, gap));
    }
    List<FileEntry> directories = new ArrayList<>();
    for (FileEntry entry : listing.entries()) {
      if (entry.attributes().isDirectory()) {
        directories.add(entry);
      } else if (entry.attributes().isFile()) {
        files.add(entry);
      }
    }
    if (files.size() > DirectoryListing.MAX_ENTRIES) {
      throw new LimitExceeded(
          "the inbox holds more than " + DirectoryListing.MAX_ENTRIES + " files, a fixed limit");
    }
    return directories;
  }
}
