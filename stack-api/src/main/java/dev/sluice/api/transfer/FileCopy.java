package dev.sluice.api.transfer;

import dev.sluice.api.AttributeChange;
import dev.sluice.api.ByteRange;
import dev.sluice.api.Capability;
import dev.sluice.api.FileEntry;
import dev.sluice.api.FileOperations;
import dev.sluice.api.RemotePath;
import dev.sluice.api.WriteMode;
import dev.sluice.api.error.FileError;
import dev.sluice.api.error.FileFailure;
import dev.sluice.api.storage.FileContent;
import io.netty.buffer.ByteBuf;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;
import reactor.core.publisher.Mono;

/** One file on its way from one tree to another. */
record FileCopy(FileOperations from, RemotePath source, FileOperations to, RemotePath target) {

  /**
   * Copies from octet {@code start} on, writing in {@code mode}; {@code total} is for the record.
   */
  Flux<Progress> run(long start, long total, WriteMode mode) {
    return run(start, total, mode, AttributeChange.none());
  }

  /** As above, and gives the copy the time of the last change of its source, where that can be. */
  Flux<Progress> keepingTime(long start, FileEntry original, WriteMode mode) {
    Instant modified = original.attributes().modified();
    AttributeChange kept =
        modified == null || !to.capabilities().contains(Capability.SET_MODIFIED)
            ? AttributeChange.none()
            : AttributeChange.none().withModified(modified);
    return run(start, original.size(), mode, kept);
  }

  private Flux<Progress> run(long start, long total, WriteMode mode, AttributeChange kept) {
    return Flux.create(
        sink -> start(sink, start, total, content -> to.write(target, mode, content, kept)),
        FluxSink.OverflowStrategy.LATEST);
  }

  /** A session that moves one file at a time cannot read one and write another. */
  @Nullable FileFailure refusal() {
    return from == to && !from.capabilities().contains(Capability.PARALLEL_TRANSFERS)
        ? new FileFailure(
            FileError.UNSUPPORTED,
            source,
            "this session moves one file at a time; copy between two sessions")
        : null;
  }

  private void start(
      FluxSink<Progress> sink,
      long start,
      long total,
      Function<Flux<ByteBuf>, Mono<Void>> writing) {
    AtomicLong done = new AtomicLong(start);
    Flux<ByteBuf> counted =
        FileContent.counted(
            from.read(source, ByteRange.from(start)),
            octets ->
                sink.next(
                    new Progress(target, done.addAndGet(octets), total, Progress.Outcome.RUNNING)));
    Flux<ByteBuf> content = FileContent.ending(counted, Mono.defer(() -> whole(done.get(), total)));
    Disposable running =
        writing
            .apply(content)
            .contextWrite(sink.contextView())
            .subscribe(
                null,
                sink::error,
                () -> {
                  sink.next(
                      new Progress(target, done.get(), done.get(), Progress.Outcome.COMPLETE));
                  sink.complete();
                });
    sink.onDispose(running);
  }

  /** The last thing before the target counts as written: what was promised must have come. */
  private Mono<Void> whole(long octets, long total) {
    return octets >= total
        ? Mono.empty()
        : Mono.error(
            new FileFailure(
                FileError.INTERRUPTED,
                source,
                "ended after " + octets + " of " + total + " octets"));
  }
}
