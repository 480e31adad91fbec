package dev.sluice.cli;

import dev.sluice.api.ByteRange;
import dev.sluice.api.FileAttributes;
import dev.sluice.api.FileEntry;
import dev.sluice.api.FileOperations;
import dev.sluice.api.RemotePath;
import dev.sluice.api.WriteMode;
import dev.sluice.api.error.FileError;
import dev.sluice.api.error.FileFailure;
import io.netty.buffer.ByteBuf;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Copies one file from a tree to another, so that its name shows a complete file or none.
 *
 * @param from the tree to read
 * @param to the tree to write
 * @param resume whether a transfer that is cut leaves {@code NAME.part}, and continues one
 * @param progress is told of each buffer
 */
record FileCopy(FileOperations from, FileOperations to, boolean resume, Progress progress) {
  private static final String PARTIAL = ".part";
  private static final long COMPLETE = -1;

  /** Copies the file {@code source} to the name {@code target}. */
  Mono<Void> copy(RemotePath source, RemotePath target) {
    return from.stat(source).flatMap(entry -> copy(entry, target));
  }

  /** {@link #copy(RemotePath, RemotePath)} of a file that was looked at. */
  Mono<Void> copy(FileEntry source, RemotePath target) {
    if (source.attributes().isDirectory()) {
      return Mono.error(
          new FileFailure(
              FileError.IS_A_DIRECTORY, source.path(), "is a directory; copy it with -r"));
    }
    return resume
        ? partialOf(source, target).flatMap(offset -> continued(source, target, offset))
        : moved(source, target, 0, WriteMode.replace());
  }

  private Mono<Void> continued(FileEntry source, RemotePath target, long offset) {
    long size = source.size();
    if (offset == COMPLETE) {
      return Mono.empty();
    }
    RemotePath partial = partial(target);
    Mono<Void> rest =
        offset > 0 && offset == size
            ? Mono.empty()
            : moved(
                source,
                partial,
                offset,
                offset == 0 ? new WriteMode.Replace(false) : WriteMode.at(offset));
    return rest.then(Mono.defer(() -> to.rename(partial, target)));
  }

  /** Octets of the partial file to keep; a complete target needs nothing. */
  private Mono<Long> partialOf(FileEntry source, RemotePath target) {
    RemotePath partial = partial(target);
    return ifThere(partial)
        .map(found -> usable(source, found))
        .switchIfEmpty(
            ifThere(target)
                .flatMap(
                    found -> {
                      if (found.size() == source.size()) {
                        return Mono.just(COMPLETE);
                      }
                      long usable = usable(source, found);
                      return usable == 0
                          ? Mono.just(0L)
                          : to.rename(target, partial).thenReturn(usable);
                    }))
        .defaultIfEmpty(0L);
  }

  private Mono<FileEntry> ifThere(RemotePath path) {
    return to.stat(path)
        .filter(entry -> entry.attributes().isFile() && entry.attributes().hasSize())
        .onErrorResume(FileCopy::isMissing, failure -> Mono.empty());
  }

  /** Nothing of a file that changed at the source since, or is no beginning of it. */
  private static long usable(FileEntry source, FileEntry partial) {
    Instant changed = source.attributes().modified();
    Instant written = partial.attributes().modified();
    boolean older = changed != null && written != null && changed.isAfter(written);
    return older || partial.size() > source.size() ? 0 : partial.size();
  }

  private Mono<Void> moved(FileEntry source, RemotePath target, long offset, WriteMode mode) {
    return Mono.defer(
        () -> {
          AtomicLong octets = new AtomicLong(offset);
          Flux<ByteBuf> content =
              from.read(source.path(), ByteRange.from(offset))
                  .doOnNext(
                      buffer -> {
                        octets.addAndGet(buffer.readableBytes());
                        progress.add(buffer.readableBytes());
                      });
          progress.begin(source.name(), source.size(), offset);
          return to.write(target, mode, content.concatWith(checkWhole(source, octets)))
              .doFinally(how -> progress.end());
        });
  }

  /** The last thing before the target counts as complete. */
  private static Mono<ByteBuf> checkWhole(FileEntry source, AtomicLong octets) {
    return Mono.defer(
        () -> {
          FileAttributes attributes = source.attributes();
          return attributes.hasSize() && octets.get() < attributes.size()
              ? Mono.error(
                  new FileFailure(
                      FileError.INTERRUPTED,
                      source.path(),
                      "ended after " + octets + " of " + attributes.size() + " octets; try again"))
              : Mono.empty();
        });
  }

  static boolean isMissing(Throwable failure) {
    return failure instanceof FileFailure file && file.error() == FileError.NOT_FOUND;
  }

  private static RemotePath partial(RemotePath target) {
    return target.parent().child(target.name() + PARTIAL);
  }
}
