package dev.sluice.cli.place;

import dev.sluice.api.FileEntry;
import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.api.FileOperations;
import dev.sluice.api.RawName;
import dev.sluice.api.RemotePath;
import reactor.core.publisher.Mono;

/**
 * Finds the cause where a server has one code for many, so that one cause has one status over every
 * protocol. Asked only when something has failed.
 */
public final class Causes {
  /** Octets of the longest name that common file systems take. */
  private static final int LONGEST_NAME = 255;

  private Causes() {}

  /** Signals a name that no server takes before anything is sent. */
  public static Mono<Void> checkName(RemotePath target) {
    int octets = RawName.encode(target.name()).length;
    return octets <= LONGEST_NAME
        ? Mono.empty()
        : Mono.error(
            new FileFailure(
                FileError.INVALID_NAME,
                "the name "
                    + RawName.escape(target.name().substring(0, 40))
                    + "… has "
                    + octets
                    + " octets; "
                    + LONGEST_NAME
                    + " are the most"));
  }

  /** Why a file could not be written, or a directory made, at {@code target}. */
  public static <T> Mono<T> ofMaking(FileOperations tree, RemotePath target, FileFailure failure) {
    RemotePath parent = target.parent();
    return kindOf(tree, parent)
        .flatMap(
            directory ->
                Mono.<T>error(
                    directory
                        ? failure
                        : new FileFailure(FileError.NOT_A_DIRECTORY, parent, "is no directory")))
        .onErrorMap(
            missing -> isMissing(missing, failure),
            missing ->
                new FileFailure(
                    FileError.NOT_FOUND, parent, "no such directory; sluice mkdir -p makes it"));
  }

  /** As {@link #ofMaking}, of a directory, which may be there already. */
  public static <T> Mono<T> ofMakingDirectory(
      FileOperations tree, RemotePath target, FileFailure failure) {
    return kindOf(tree, target)
        .onErrorResume(FileFailure.class, free -> ofMaking(tree, target, failure))
        .flatMap(
            there ->
                Mono.error(new FileFailure(FileError.ALREADY_EXISTS, target, "exists already")));
  }

  /** Why a file could not be removed. */
  public static <T> Mono<T> ofDeleting(
      FileOperations tree, RemotePath target, FileFailure failure) {
    return kindOf(tree, target)
        .flatMap(
            directory ->
                Mono.<T>error(
                    directory
                        ? new FileFailure(FileError.IS_A_DIRECTORY, target, "is a directory")
                        : failure))
        .onErrorMap(missing -> isMissing(missing, failure), missing -> missing);
  }

  private static Mono<Boolean> kindOf(FileOperations tree, RemotePath path) {
    return tree.lstat(path).map(FileEntry::attributes).map(found -> found.isDirectory());
  }

  private static boolean isMissing(Throwable found, FileFailure failure) {
    return found != failure
        && found instanceof FileFailure refused
        && refused.error() == FileError.NOT_FOUND;
  }
}
