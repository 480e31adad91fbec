package dev.sluice.client.transfer;

import dev.sluice.api.ByteRange;
import dev.sluice.api.Capability;
import dev.sluice.api.Checksum;
import dev.sluice.api.ChecksumAlgorithm;
import dev.sluice.api.FileEntry;
import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.api.FileOperations;
import dev.sluice.api.RemotePath;
import dev.sluice.api.RunningChecksum;
import reactor.core.publisher.Mono;

/** Whether two files hold the same octets. */
final class Verification {
  private static final ChecksumAlgorithm ALGORITHM = ChecksumAlgorithm.SHA_256;

  private Verification() {}

  static Mono<Boolean> same(
      FileOperations one, RemotePath first, FileOperations two, RemotePath second) {
    return one.stat(first)
        .flatMap(
            left ->
                two.stat(second)
                    .flatMap(
                        right ->
                            sizesDiffer(left, right)
                                ? Mono.just(false)
                                : sameSums(one, first, two, second)));
  }

  /** The digest, computed by the peer if it offers that, otherwise over the octets read from it. */
  static Mono<Checksum> sum(FileOperations tree, RemotePath file, ByteRange range) {
    if (!tree.capabilities().contains(Capability.CHECKSUM)) {
      return digest(tree, file, range);
    }
    return tree.checksum(file, ALGORITHM, range)
        .onErrorResume(
            FileFailure.class,
            refusal ->
                refusal.error() == FileError.UNSUPPORTED
                    ? digest(tree, file, range)
                    : Mono.error(refusal));
  }

  /** The digest of the octets read. */
  static Mono<Checksum> digest(FileOperations tree, RemotePath file, ByteRange range) {
    return Mono.defer(
        () -> {
          RunningChecksum sum = RunningChecksum.of(ALGORITHM);
          return tree.read(file, range)
              .doOnNext(
                  buffer -> {
                    sum.update(buffer);
                    buffer.release();
                  })
              .then(Mono.fromSupplier(sum::finish));
        });
  }

  private static boolean sizesDiffer(FileEntry left, FileEntry right) {
    return left.attributes().hasSize()
        && right.attributes().hasSize()
        && left.size() != right.size();
  }

  private static Mono<Boolean> sameSums(
      FileOperations one, RemotePath first, FileOperations two, RemotePath second) {
    boolean oneAfterTheOther =
        one == two && !one.capabilities().contains(Capability.PARALLEL_TRANSFERS);
    if (oneAfterTheOther) {
      return sum(one, first, ByteRange.all())
          .flatMap(left -> sum(two, second, ByteRange.all()).map(left::equals));
    }
    return Mono.zip(
        sum(one, first, ByteRange.all()), sum(two, second, ByteRange.all()), Checksum::equals);
  }
}
