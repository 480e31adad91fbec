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
  private Entries() {}

  static Mono<FileEntry> stat(Job job, RemotePath path) {
    return Facts.of(job, path, noDirectory -> fromParent(job, path));
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
