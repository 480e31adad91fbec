package dev.sluice.client.transfer;

import dev.sluice.api.Capability;
import dev.sluice.api.FileFailure;
import dev.sluice.api.FileOperations;
import dev.sluice.api.RemotePath;
import dev.sluice.api.WriteMode;
import java.util.ArrayList;
import java.util.List;
import reactor.core.Exceptions;
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

  /** Failures that {@link #orFail} keeps. */
  private static final int MOST_FAILURES = 1000;

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
          FileCopy copy = paced(from, source, to, target, options);
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
    return Flux.defer(
        () -> new Resumption(paced(from, source, to, target, options), options).run());
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
   * Makes the directory {@code target} like {@code source}, as the settings say. Both sides are
   * listed at once; memory holds the listings of the directories on the way and of a few next ones.
   * If both trees can do several transfers at once, files of several directories are copied at a
   * time.
   *
   * <p>A file or a listing that fails is an event and stops nothing else: the stream never signals
   * an error, see {@link #orFail}. The last event is a {@link TransferEvent.Summary}. Events wait
   * for their subscriber, and so does the mirror, but the copy of a file that has begun does not.
   *
   * <p>Links in the target are not followed, except {@code target} itself. If a listing may have
   * truncated a time, the time is requested before the file is sent again. A directory whose
   * listing holds a name that would lead elsewhere fails.
   */
  public static Flux<TransferEvent> mirror(
      FileOperations from, RemotePath source, FileOperations to, RemotePath target, Mirror how) {
    return Flux.defer(() -> TreeMirror.run(from, source, to, target, how, false));
  }

  /**
   * Moves a file, or a directory and everything below it: a {@link #mirror} that compares every
   * file with its source and then deletes it there, and directories that have become empty. A file
   * is compared by digests computed where the files are if possible, otherwise by reading the copy
   * back; a file that cannot be compared stays, and is a failure. What takes no part stays, too.
   */
  public static Flux<TransferEvent> move(
      FileOperations from, RemotePath source, FileOperations to, RemotePath target, Mirror how) {
    return Flux.defer(() -> TreeMirror.run(from, source, to, target, how.verified(), true));
  }

  /**
   * The same events, and after the last one an error if something has failed: that failure, or one
   * that {@link Exceptions#unwrapMultiple} takes apart. The first thousand failures are in it.
   */
  public static Flux<TransferEvent> orFail(Flux<TransferEvent> events) {
    return Flux.defer(
        () -> {
          List<Throwable> failures = new ArrayList<>();
          return events
              .doOnNext(
                  event -> {
                    if (event instanceof TransferEvent.Failed failed
                        && failures.size() < MOST_FAILURES) {
                      failures.add(failed.cause());
                    }
                  })
              .concatWith(Mono.defer(() -> failure(failures)));
        });
  }

  private static Mono<TransferEvent> failure(List<Throwable> failures) {
    return switch (failures.size()) {
      case 0 -> Mono.empty();
      case 1 -> Mono.error(failures.get(0));
      default -> Mono.error(Exceptions.multiple(failures));
    };
  }

  /**
   * Whether two files hold the same octets, by digests computed where the files are if possible.
   */
  public static Mono<Boolean> verify(
      FileOperations one, RemotePath first, FileOperations two, RemotePath second) {
    return Mono.defer(() -> Verification.same(one, first, two, second));
  }

  /**
   * Compares two directories and everything below them by octets: digests computed where the files
   * are if possible, otherwise of what is read. What fails is {@link CheckEvent.Unsupported}; the
   * stream signals no error. The last event is a {@link CheckEvent.Summary}. Links are compared by
   * their text.
   */
  public static Flux<CheckEvent> verify(
      FileOperations from, RemotePath source, FileOperations to, RemotePath target, Filter filter) {
    return Flux.defer(() -> new TreeCheck(from, to, filter).run(source, target));
  }

  /**
   * Deletes a directory and everything below it, never a link's target; returns the number of
   * entries.
   */
  public static Mono<Long> deleteTree(FileOperations tree, RemotePath directory) {
    return Mono.defer(() -> new TreeDeletion(tree).run(directory));
  }

  private static FileCopy paced(
      FileOperations from,
      RemotePath source,
      FileOperations to,
      RemotePath target,
      CopyOptions options) {
    return new FileCopy(from, source, to, target, Pace.of(options.bandwidth()));
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
