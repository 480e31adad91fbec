package dev.sluice.api.transfer;

import dev.sluice.api.ByteRange;
import dev.sluice.api.Capability;
import dev.sluice.api.FileAttributes;
import dev.sluice.api.FileEntry;
import dev.sluice.api.FileOperations;
import dev.sluice.api.WriteMode;
import dev.sluice.api.error.FileError;
import dev.sluice.api.error.FileFailure;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Goes on where an earlier attempt was cut, if what it left is the beginning of the file. */
record Resumption(FileCopy copy) {
  /** Octets at the end of what is there that must be the same in the source. */
  private static final long OVERLAP = 64 * 1024;

  Flux<Progress> run() {
    FileFailure refusal = copy.refusal();
    if (refusal != null) {
      return Flux.error(refusal);
    }
    return copy.from().stat(copy.source()).flatMapMany(this::resume);
  }

  private Flux<Progress> resume(FileEntry source) {
    return there()
        .flatMap(found -> offset(source, found))
        .defaultIfEmpty(0L)
        .flatMapMany(
            offset -> {
              if (offset == source.size() && offset > 0) {
                return Flux.just(
                    new Progress(copy.target(), offset, offset, Progress.Outcome.UNCHANGED));
              }
              return copy.keepingTime(offset, source, mode(offset));
            });
  }

  private Mono<FileEntry> there() {
    return copy.to()
        .stat(copy.target())
        .onErrorResume(
            FileFailure.class,
            refusal -> refusal.error() == FileError.NOT_FOUND ? Mono.empty() : Mono.error(refusal));
  }

  /** How much of what is there can stay. */
  private Mono<Long> offset(FileEntry source, FileEntry found) {
    long there = found.size();
    if (there <= 0
        || there > source.size()
        || changedSince(source, found)
        || !canGoOn(there == source.size())) {
      return Mono.just(0L);
    }
    long overlap = Math.min(OVERLAP, there);
    ByteRange range = ByteRange.of(there - overlap, overlap);
    return Verification.digest(copy.to(), copy.target(), range)
        .zipWith(Verification.digest(copy.from(), copy.source(), range))
        .map(sums -> sums.getT1().equals(sums.getT2()) ? there : 0L);
  }

  /** Seconds are what every protocol tells. Without times nothing speaks for the old octets. */
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

  /** In place, so that what arrives before the next cut is not lost either. */
  private static WriteMode mode(long offset) {
    return offset == 0 ? new WriteMode.Replace(false) : WriteMode.at(offset);
  }
}
