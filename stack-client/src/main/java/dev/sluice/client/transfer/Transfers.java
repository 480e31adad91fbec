package dev.sluice.client.transfer;

import dev.sluice.api.Capability;
import dev.sluice.api.FileFailure;
import dev.sluice.api.FileOperations;
import dev.sluice.api.RemotePath;
import dev.sluice.api.WriteMode;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Moves files between any two trees: storages, sessions of any protocol.
 *
 * <p>Octets flow as fast as the slower side goes; nothing is stored in between. A transfer begins
 * with the subscription and is cut by cancelling it. Progress never holds it up: who asks slowly
 * sees the latest record only, and always the last one of a file.
 */
public final class Transfers {
  /** Files on their way at once in {@link #mirror}, unless told otherwise. */
  public static final int DEFAULT_CONCURRENCY = 16;

  private Transfers() {}

  /** Copies one file whole: its content, nothing else. */
  public static Flux<Progress> copy(
      FileOperations from,
      RemotePath source,
      FileOperations to,
      RemotePath target,
      WriteMode mode) {
    return Flux.defer(
        () -> {
          FileCopy copy = new FileCopy(from, source, to, target);
          if (isInside(from, to, mode)) {
            return from.copy(source, target).thenMany(copied(to, target));
          }
          FileFailure refusal = copy.refusal();
          return refusal == null
              ? from.stat(source).flatMapMany(entry -> copy.run(0, entry.size(), mode))
              : Flux.error(refusal);
        });
  }

  /** Copies one file whole, as the options say. What is kept besides the content is no failure. */
  public static Flux<Progress> copy(
      FileOperations from,
      RemotePath source,
      FileOperations to,
      RemotePath target,
      CopyOptions options) {
    return Flux.defer(
        () -> {
          FileCopy copy = new FileCopy(from, source, to, target);
          FileFailure refusal = copy.refusal();
          return refusal == null
              ? from.stat(source).flatMapMany(entry -> copy.run(entry, options))
              : Flux.error(refusal);
        });
  }

  /** {@link #resume(FileOperations, RemotePath, FileOperations, RemotePath, CopyOptions)}. */
  public static Flux<Progress> resume(
      FileOperations from, RemotePath source, FileOperations to, RemotePath target) {
    return resume(from, source, to, target, CopyOptions.DEFAULT);
  }

  /**
   * Copies one file, going on after what an earlier attempt has left. What is there stays only if
   * it is no longer than the source, not older than its last change, and the same octets: all of
   * them where both sides compute digests without moving the octets or {@link
   * CopyOptions#verified()} asks for it, else the last 64 KiB. Otherwise the copy begins anew.
   * Written in place, so that it can be resumed again.
   */
  public static Flux<Progress> resume(
      FileOperations from,
      RemotePath source,
      FileOperations to,
      RemotePath target,
      CopyOptions options) {
    return Flux.defer(() -> new Resumption(new FileCopy(from, source, to, target), options).run());
  }

  /**
   * Whether {@code target} is a copy of {@code source} already: as long, not older than its last
   * change, and the same octets as far as {@link #resume} compares them.
   */
  public static Mono<Boolean> isComplete(
      FileOperations from,
      RemotePath source,
      FileOperations to,
      RemotePath target,
      CopyOptions options) {
    return Mono.defer(
        () -> new Resumption(new FileCopy(from, source, to, target), options).isComplete());
  }

  /**
   * {@link #mirror(FileOperations, RemotePath, FileOperations, RemotePath, CopyOptions)} with
   * {@link CopyOptions#DEFAULT}.
   */
  public static Flux<Progress> mirror(
      FileOperations from, RemotePath source, FileOperations to, RemotePath target) {
    return mirror(from, source, to, target, CopyOptions.DEFAULT);
  }

  /** As above, with so many files on their way at once. */
  public static Flux<Progress> mirror(
      FileOperations from,
      RemotePath source,
      FileOperations to,
      RemotePath target,
      int concurrency) {
    return mirror(from, source, to, target, CopyOptions.DEFAULT.withConcurrency(concurrency));
  }

  /**
   * Makes the directory {@code target} hold all that {@code source} holds; what else is there
   * stays. Files of the same size that are no older than their source are left as they are; a time
   * that a listing may have cut is asked for before a file is sent again. Links and devices are
   * skipped, links in the way are not followed, but for {@code target} itself, and an entry whose
   * name would lead elsewhere ends the mirror of its directory. A file that fails, and a listing
   * that was not understood as a whole, are signalled when all else is done.
   */
  public static Flux<Progress> mirror(
      FileOperations from,
      RemotePath source,
      FileOperations to,
      RemotePath target,
      CopyOptions options) {
    return Flux.defer(() -> new TreeMirror(from, to, options).run(source, target));
  }

  /**
   * Whether two files hold the same octets, by digests computed where the files are if possible.
   */
  public static Mono<Boolean> verify(
      FileOperations one, RemotePath first, FileOperations two, RemotePath second) {
    return Mono.defer(() -> Verification.same(one, first, two, second));
  }

  /** Deletes a directory and all below it, never what a link leads to; answers how many entries. */
  public static Mono<Long> deleteTree(FileOperations tree, RemotePath directory) {
    return Mono.defer(() -> new TreeDeletion(tree).run(directory));
  }

  private static boolean isInside(FileOperations from, FileOperations to, WriteMode mode) {
    return from == to
        && mode instanceof WriteMode.Replace
        && from.capabilities().contains(Capability.COPY);
  }

  private static Mono<Progress> copied(FileOperations tree, RemotePath target) {
    return tree.stat(target)
        .map(entry -> new Progress(target, entry.size(), entry.size(), Progress.Outcome.COMPLETE));
  }
}
