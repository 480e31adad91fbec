package dev.sluice.api.storage;

import dev.sluice.api.ByteRange;
import dev.sluice.api.Discards;
import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.api.ForeignContent;
import dev.sluice.api.ReadOptions;
import dev.sluice.api.WriteMode;
import io.netty.buffer.ByteBuf;
import java.util.concurrent.atomic.AtomicLong;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Streams over an open file. The caller keeps the handle and closes it. */
public final class HandleStreams {
  /** Octets per read. */
  public static final int CHUNK_OCTETS = 256 * 1024;

  private HandleStreams() {}

  /**
   * The octets of {@code range}, with one read ahead of the demand. Signals {@code OUT_OF_RANGE}
   * when it starts beyond the end of the file.
   */
  public static Flux<ByteBuf> read(FileHandle handle, ByteRange range) {
    return Discards.released(
        handle
            .stat()
            .flatMapMany(
                attributes -> {
                  if (attributes.hasSize() && range.start() > attributes.size()) {
                    return Flux.error(
                        new FileFailure(
                            FileError.OUT_OF_RANGE,
                            "offset " + range.start() + " in a file of " + attributes.size()));
                  }
                  return readFrom(handle, range);
                }));
  }

  private static Flux<ByteBuf> readFrom(FileHandle handle, ByteRange range) {
    return Flux.deferContextual(
        reader -> {
          ReadOptions options = ReadOptions.of(reader);
          AtomicLong asked = new AtomicLong();
          AtomicLong done = new AtomicLong();
          Mono<ByteBuf> next =
              Mono.defer(
                      () -> {
                        long left = range.length() - done.get();
                        int length =
                            (int)
                                Math.min(Math.min(CHUNK_OCTETS, options.within(asked.get())), left);
                        return length == 0
                            ? Mono.<ByteBuf>empty()
                            : handle.read(range.start() + done.get(), length);
                      })
                  .doOnNext(chunk -> done.addAndGet(chunk.readableBytes()));
          AtomicLong before = new AtomicLong(-1);
          return next.repeat(() -> before.getAndSet(done.get()) != done.get())
              .doOnRequest(n -> asked.accumulateAndGet(n, Math::max));
        });
  }

  /**
   * Writes {@code content} in order and commits. Takes ownership of the buffers.
   *
   * @param mode how the handle was opened; it determines where the first octet goes
   */
  public static Mono<Void> write(
      FileHandle handle, WriteMode mode, Publisher<? extends ByteBuf> content) {
    return Mono.defer(
        () -> {
          AtomicLong position = new AtomicLong(mode instanceof WriteMode.At at ? at.offset() : 0);
          // Without prefetch: a queue of concatMap loses buffers that arrive while it is cancelled.
          Flux<Void> written =
              Discards.apart(ForeignContent.of(content))
                  .concatMap(
                      chunk -> handle.write(position.getAndAdd(chunk.readableBytes()), chunk), 0);
          return Discards.released(written).then(Mono.defer(handle::commit));
        });
  }
}
