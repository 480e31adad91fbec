package dev.sluice.client.transfer;

import dev.sluice.api.ByteRange;
import dev.sluice.api.Capability;
import dev.sluice.api.FileAttributes;
import dev.sluice.api.FileEntry;
import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.api.FileOperations;
import dev.sluice.api.FileSession;
import dev.sluice.client.pool.PooledFiles;
import dev.sluice.client.transfer.Progress.Outcome;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.LongConsumer;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Continues where an earlier attempt was cut, if the partial file is the beginning of the file. */
record Resumption(FileCopy copy, CopyOptions options, LongConsumer begins) {

  /**
   * Octets at the end of the partial file that must be the same in the source, if comparing all of
   * it would transfer the octets once more.
   */
  private static final long OVERLAP = 64 * 1024;

  Resumption(FileCopy copy, CopyOptions options) {
    this(copy, options, start -> {});
  }

  Flux<Progress> run() {
    FileFailure refusal = copy.refusal();
    if (refusal != null) {
      return Flux.error(refusal);
    }
    return copy.from().stat(copy.source()).flatMapMany(this::resume);
  }

  /**
   * The same for a file of which a listing has shown more than may be known of it alone: a server
   * without MLST reports no mode.
   */
  Flux<Progress> run(FileEntry listed) {
    return copy.from()
        .stat(copy.source())
        .map(
            now ->
                now.attributes().permissions() == FileAttributes.UNKNOWN
                    ? new FileEntry(
                        now.path(),
                        now.attributes().withPermissions(listed.attributes().permissions()))
                    : now)
        .flatMapMany(this::resume);
  }

  /** Whether nothing is left to do. */
  Mono<Boolean> isComplete() {
    return copy.from()
        .stat(copy.source())
        .flatMap(
            source ->
                there()
                    .filter(found -> found.size() == source.size())
                    .flatMap(found -> offset(source, found))
                    .map(offset -> offset == source.size())
                    .defaultIfEmpty(false));
  }

  private Flux<Progress> resume(FileEntry source) {
    return there()
        .flatMap(found -> offset(source, found))
        .defaultIfEmpty(0L)
        .flatMapMany(
            offset -> {
              begins.accept(offset);
              if (offset == source.size() && offset > 0) {
                return Flux.just(new Progress(copy.target(), offset, offset, Outcome.UNCHANGED));
              }
              return copy.goOn(offset, source, options);
            });
  }

  private Mono<FileEntry> there() {
    return copy.to()
        .stat(copy.target())
        .onErrorResume(
            FileFailure.class,
            refusal -> refusal.error() == FileError.NOT_FOUND ? Mono.empty() : Mono.error(refusal));
  }

  /** How much of the partial file can stay. */
  private Mono<Long> offset(FileEntry source, FileEntry found) {
    long there = found.size();
    if (there < 0
        || there > source.size()
        || changedSince(source, found)
        || !canGoOn(there == source.size())) {
      return Mono.just(0L);
    }
    return isBeginning(there).map(same -> same ? there : 0L);
  }

  /**
   * Whether the first {@code length} octets are those of the source. If the source was replaced
   * within the second of the last write, its time looks unchanged, so the content decides.
   */
  private Mono<Boolean> isBeginning(long length) {
    boolean whole =
        options.verified() || (computesNearby(copy.from()) && computesNearby(copy.to()));
    if (whole) {
      return same(ByteRange.of(0, length));
    }
    long overlap = Math.min(OVERLAP, length);
    return same(ByteRange.of(length - overlap, overlap));
  }

  private Mono<Boolean> same(ByteRange range) {
    return Verification.sum(copy.to(), copy.target(), range)
        .zipWith(Verification.sum(copy.from(), copy.source(), range))
        .map(sums -> sums.getT1().equals(sums.getT2()));
  }

  /**
   * Whether a digest needs no data over the network: the peer computes it, or the tree is local.
   */
  private static boolean computesNearby(FileOperations tree) {
    return !isRemote(tree) || can(tree, Capability.CHECKSUM);
  }

  static boolean isRemote(FileOperations tree) {
    return tree instanceof FileSession || tree instanceof PooledFiles;
  }

  /** Every protocol carries seconds. Without times there is no reason to trust the old octets. */
  private static boolean changedSince(FileEntry source, FileEntry found) {
    Instant changed = source.attributes().modified();
    Instant written = found.attributes().modified();
    return changed == null
        || written == null
        || source.size() == FileAttributes.UNKNOWN
        || written
            .truncatedTo(ChronoUnit.SECONDS)
            .isBefore(changed.truncatedTo(ChronoUnit.SECONDS));
  }

  private boolean canGoOn(boolean complete) {
    return can(copy.from(), Capability.RANDOM_READ)
        && can(copy.to(), Capability.RANDOM_READ)
        && (complete || can(copy.to(), Capability.RANDOM_WRITE));
  }

  private static boolean can(FileOperations tree, Capability capability) {
    return tree.capabilities().contains(capability);
  }
}
