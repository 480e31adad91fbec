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
 * <p>Octets flow at the speed of the slower side; nothing is stored in between. A transfer starts
 * with the subscription, and cancelling cuts it. Progress never delays it: a slow subscriber sees
 * only the latest record, and always the last record of a file.
 */
public final class Transfers {
  /** Default number of concurrent files in {@link #mirror}. */
  public static final int DEFAULT_CONCURRENCY = 16;

  private Transfers() {}

  /** Copies one complete file: its content, nothing else. */
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

  /**
   * Copies one complete file, as the options say. If attributes cannot be kept, that is no failure.
   */
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
   * Copies one file and continues after the partial file of an earlier attempt. The partial file
   * stays only if it is no longer than the source, not older than the source's last change, and has
   * the same octets. All octets are compared if both sides compute digests without transferring the
   * octets or if {@link CopyOptions#verified()} asks for it, otherwise the last 64 KiB. If the
   * partial file cannot stay, the copy starts again. It is written in place, so it can be resumed
   * again.
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
   * Whether {@code target} is already a copy of {@code source}: of the same size, not older than
   * its last change, and the same octets as far as {@link #resume} compares them.
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

  /** As above, with this number of concurrent files. */
  public static Flux<Progress> mirror(
      FileOperations from,
      RemotePath source,
      FileOperations to,
      RemotePath target,
      int concurrency) {
    return mirror(from, source, to, target, CopyOptions.DEFAULT.withConcurrency(concurrency));
  }

  /**
   * Copies everything in {@code source} into the directory {@code target}; other entries there
   * stay. Files of the same size that are not older than their source are left alone. If a listing
   * may have truncated a time, the time is requested before the file is sent again. Links and
   * devices are skipped. Links in the target are not followed, except {@code target} itself. An
   * entry whose name would lead elsewhere ends the mirror of its directory. Files that fail, and
   * listings that were not fully understood, are signalled after everything else is done.
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

  /**
   * Deletes a directory and everything below it, never a link's target; returns the number of
   * entries.
   */
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
