package dev.sluice.ftp.client;

import dev.sluice.api.FileAttributes;
import dev.sluice.api.FileEntry;
import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.api.RemotePath;
import reactor.core.publisher.Mono;

/**
 * The file or directory with a given name: what the server says about it, or else lists in its
 * parent.
 */
final class Entries {
  /** Links that lead to links. */
  private static final int MOST_LINKS = 8;

  private static final int MODE_OF_LINKS = 0777;
  private static final int LONGEST_TEXT = 4096;

  private Entries() {}

  static Mono<FileEntry> stat(Job job, RemotePath path) {
    return Facts.of(job, path, noDirectory -> fromParent(job, path));
  }

  /**
   * As {@link #stat}, but for links: where the text of one is known, what is there; otherwise the
   * commands that open a file or enter a directory follow it on the server.
   */
  static Mono<FileEntry> followed(Job job, RemotePath path) {
    return followed(job, path, MOST_LINKS);
  }

  private static Mono<FileEntry> followed(Job job, RemotePath path, int more) {
    return stat(job, path)
        .flatMap(
            found -> {
              if (!found.attributes().isSymbolicLink()) {
                return mayBeLink(found.attributes()) ? opened(job, found) : Mono.just(found);
              }
              String text = found.attributes().linkTarget();
              Mono<FileEntry> opened = Facts.target(job, path);
              return text == null || text.isEmpty() || more == 0
                  ? opened
                  : followed(job, path.parent().resolve(text), more - 1)
                      .onErrorResume(FileFailure.class, elsewhere -> opened);
            });
  }

  /** ProFTPD shows the size and the mode of a link itself, and calls it a file. */
  private static boolean mayBeLink(FileAttributes shown) {
    return shown.isFile() && shown.permissions() == MODE_OF_LINKS && shown.size() <= LONGEST_TEXT;
  }

  /** SIZE shows whether it was a link. */
  private static Mono<FileEntry> opened(Job job, FileEntry shown) {
    return Facts.target(job, shown.path())
        .filter(target -> target.attributes().isDirectory() || target.size() != shown.size())
        .defaultIfEmpty(shown)
        .onErrorReturn(FileFailure.class, shown);
  }

  /** Whether anything has this name. */
  static Mono<Boolean> exists(Job job, RemotePath path) {
    return stat(job, path)
        .thenReturn(true)
        .onErrorResume(
            FileFailure.class,
            failure ->
                failure.error() == FileError.NOT_FOUND ? Mono.just(false) : Mono.error(failure));
  }

  /** Where the server has no SIZE, only a listing of the parent shows the file. */
  private static Mono<FileAttributes> fromParent(Job job, RemotePath path) {
    return Listings.list(job, path.parent())
        .filter(entry -> entry.path().equals(path))
        .next()
        .map(FileEntry::attributes)
        .switchIfEmpty(
            Mono.error(
                () -> new FileFailure(FileError.NOT_FOUND, path, "no such name in a listing")));
  }
}
