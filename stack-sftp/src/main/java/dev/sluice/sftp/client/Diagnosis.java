package dev.sluice.sftp.client;

import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.api.RemotePath;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/**
 * Finds out what a server meant by a bare FAILURE or NO_SUCH_FILE, by looking at the names in the
 * request. Costs nothing if all goes well.
 */
final class Diagnosis {
  private final Requests requests;

  Diagnosis(Requests requests) {
    this.requests = requests;
  }

  /** Why {@code path} could not be read, or listed when {@code asDirectory}. */
  <T> Mono<T> reading(FileFailure failure, RemotePath path, boolean asDirectory) {
    return explain(
        failure,
        requests
            .stat(path)
            .map(Attributes::isDirectory)
            .flatMap(
                directory -> {
                  if (directory == asDirectory) {
                    return Mono.empty();
                  }
                  return Mono.just(
                      directory ? FileError.IS_A_DIRECTORY : FileError.NOT_A_DIRECTORY);
                })
            .onErrorResume(FileFailure.class, missing -> blocked(path)));
  }

  /** Why nothing could be created at {@code path}. */
  <T> Mono<T> creating(FileFailure failure, RemotePath path) {
    return explain(
        failure,
        requests
            .lstat(path)
            .map(there -> FileError.ALREADY_EXISTS)
            .onErrorResume(FileFailure.class, missing -> blocked(path)));
  }

  /** Why {@code path} could not be written. */
  <T> Mono<T> writing(FileFailure failure, RemotePath path) {
    return reading(failure, path, false);
  }

  /** Why a file could not be removed. */
  <T> Mono<T> deletingFile(FileFailure failure, RemotePath path) {
    return explain(
        failure,
        requests
            .lstat(path)
            .filter(Attributes::isDirectory)
            .map(directory -> FileError.IS_A_DIRECTORY));
  }

  /** Why a directory could not be removed. */
  <T> Mono<T> deletingDirectory(FileFailure failure, RemotePath path) {
    if (failure.error() == FileError.NOT_A_DIRECTORY) { // MINA says this of a missing one, too
      return requests
          .lstat(path)
          .onErrorMap(FileFailure.class, e -> e.error() == FileError.NOT_FOUND ? e : failure)
          .then(Mono.error(failure));
    }
    return explain(
        failure,
        requests
            .lstat(path)
            .filter(there -> !Attributes.isDirectory(there) || isVague(failure))
            .map(
                there ->
                    Attributes.isDirectory(there)
                        ? FileError.DIRECTORY_NOT_EMPTY
                        : FileError.NOT_A_DIRECTORY));
  }

  /** Why a name could not be changed. */
  <T> Mono<T> renaming(FileFailure failure, RemotePath from, RemotePath to) {
    return explain(
        failure,
        Mono.zip(requests.lstat(from), requests.lstat(to))
            .flatMap(
                both -> {
                  boolean moved = Attributes.isDirectory(both.getT1());
                  boolean taken = Attributes.isDirectory(both.getT2());
                  if (moved != taken) {
                    return Mono.just(taken ? FileError.IS_A_DIRECTORY : FileError.NOT_A_DIRECTORY);
                  }
                  return taken ? Mono.just(FileError.DIRECTORY_NOT_EMPTY) : Mono.empty();
                }));
  }

  private Mono<FileError> blocked(RemotePath path) {
    return requests
        .stat(path.parent())
        .filter(parent -> !Attributes.isDirectory(parent))
        .map(file -> FileError.NOT_A_DIRECTORY);
  }

  private static boolean isVague(FileFailure failure) {
    return failure.error() == FileError.IO_ERROR;
  }

  private static <T> Mono<T> explain(FileFailure failure, Mono<FileError> cause) {
    if (!isVague(failure) && failure.error() != FileError.NOT_FOUND) {
      return Mono.error(failure);
    }
    Function<FileError, FileFailure> named = failure::as;
    return cause
        .onErrorResume(FileFailure.class, unknown -> Mono.empty())
        .map(named)
        .defaultIfEmpty(failure)
        .flatMap(Mono::error);
  }
}
