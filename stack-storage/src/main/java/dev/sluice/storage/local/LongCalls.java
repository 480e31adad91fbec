package dev.sluice.storage.local;

import dev.sluice.api.ByteRange;
import dev.sluice.api.Checksum;
import dev.sluice.api.ChecksumAlgorithm;
import dev.sluice.api.FileError;
import dev.sluice.api.RunningChecksum;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.channels.FileChannel;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Work on whole files in steps of a few milliseconds, so it can be cancelled and other tasks get
 * their turn on the I/O threads.
 */
final class LongCalls {
  private static final long STEP_OCTETS = 8 * 1024 * 1024;

  private LongCalls() {}

  /** The digest of {@code range}. */
  static Mono<Checksum> checksum(
      LocalFileHandle handle, ChecksumAlgorithm algorithm, ByteRange range, Scheduler io) {
    return Mono.defer(
        () -> {
          Digesting digesting = new Digesting(handle, RunningChecksum.of(algorithm), range);
          return BlockingCall.of(io, handle.path(), digesting::step)
              .repeat()
              .takeUntil(ended -> ended)
              .then(Mono.fromSupplier(digesting.sum::finish));
        });
  }

  /** Writes all of {@code from} to {@code to} and commits it. */
  static Mono<Void> copy(LocalFileHandle from, LocalFileHandle to, Scheduler io) {
    return Mono.defer(
        () -> {
          Copying copying = new Copying(from.file().reader(), to.file().channel());
          return BlockingCall.of(io, from.path(), copying::step)
              .repeat()
              .takeUntil(ended -> ended)
              .then(to.commit());
        });
  }

  private static final class Digesting {
    private final LocalFileHandle handle;
    private final RunningChecksum sum;
    private final ByteRange range;
    private long done;

    Digesting(LocalFileHandle handle, RunningChecksum sum, ByteRange range) {
      this.handle = handle;
      this.sum = sum;
      this.range = range;
    }

    /** Whether that was the last step. */
    Boolean step() throws IOException {
      if (done == 0 && range.start() > handle.file().reader().size()) {
        throw new Refused(FileError.OUT_OF_RANGE, "offset " + range.start() + " is behind the end");
      }
      for (long stop = done + STEP_OCTETS; done < stop; ) {
        int length = (int) Math.min(ReadAhead.BLOCK_OCTETS, range.length() - done);
        ByteBuf block = length == 0 ? null : handle.readNow(range.start() + done, length);
        if (block == null) {
          return true;
        }
        done += block.readableBytes();
        sum.update(block);
        block.release();
      }
      return false;
    }
  }

  private static final class Copying {
    private final FileChannel from;
    private final FileChannel to;
    private long done;

    Copying(FileChannel from, FileChannel to) {
      this.from = from;
      this.to = to;
    }

    /** Whether that was the last step. */
    Boolean step() throws IOException {
      long copied = from.transferTo(done, STEP_OCTETS, to);
      done += copied;
      return copied <= 0;
    }
  }
}
