package dev.sluice.ftp.io;

import dev.sluice.ftp.transfer.OctetTransform;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Runs a stream of octets through an {@link OctetTransform}. */
public final class Transforms {
  /** How long a sender may keep the connection open after the end mark of its file. */
  private static final Duration GRACE = Duration.ofSeconds(1);

  private Transforms() {}

  /**
   * {@code octets} changed by {@code transform}; one instance for each subscriber. Demand reaches
   * {@code octets}: at most one piece is held, however long its result.
   *
   * <p>A stream that marks its own end (MODE B) completes shortly after the mark, even if {@code
   * octets} continue: the sender may leave the connection open (RFC 959 section 3.3).
   */
  public static Flux<ByteBuf> through(Flux<ByteBuf> octets, Supplier<OctetTransform> transform) {
    return Flux.using(
        () -> new Guarded(transform.get()), step -> change(octets, step), Guarded::close);
  }

  private static Flux<ByteBuf> change(Flux<ByteBuf> octets, Guarded step) {
    Sinks.Empty<Void> told = Sinks.empty();
    return octets
        .takeUntilOther(told.asMono().then(Mono.delay(GRACE)))
        .concatMap(piece -> parts(step, piece, told), 0)
        .concatWith(Mono.fromSupplier(step::finish).filter(Transforms::isReadable))
        .doOnDiscard(ByteBuf.class, ReferenceCountUtil::safeRelease);
  }

  private static Flux<ByteBuf> parts(Guarded step, ByteBuf piece, Sinks.Empty<Void> told) {
    return Flux.generate(
        () -> new AtomicReference<@Nullable ByteBuf>(piece),
        (untaken, sink) -> {
          ByteBuf part = step.next(untaken.getAndSet(null));
          if (part.isReadable()) {
            sink.next(part);
          } else {
            part.release();
          }
          if (!step.hasMore()) {
            if (step.isComplete()) {
              told.emitEmpty(Sinks.EmitFailureHandler.FAIL_FAST);
            }
            sink.complete();
          }
          return untaken;
        },
        untaken -> ReferenceCountUtil.safeRelease(untaken.getAndSet(null)));
  }

  private static boolean isReadable(ByteBuf part) {
    if (!part.isReadable()) {
      part.release();
      return false;
    }
    return true;
  }

  /** Prevents a cancel on another thread from freeing memory that is in use. */
  private static final class Guarded {
    private final OctetTransform step;
    private boolean closed;

    Guarded(OctetTransform step) {
      this.step = step;
    }

    /** The next part that is not empty, or an empty one when there is none. */
    synchronized ByteBuf next(@Nullable ByteBuf piece) {
      if (closed) {
        ReferenceCountUtil.release(piece);
        return Unpooled.EMPTY_BUFFER;
      }
      ByteBuf part = step.apply(piece == null ? Unpooled.EMPTY_BUFFER : piece);
      while (!part.isReadable() && step.hasMore()) {
        part.release();
        part = step.apply(Unpooled.EMPTY_BUFFER);
      }
      return part;
    }

    synchronized boolean hasMore() {
      return !closed && step.hasMore();
    }

    synchronized boolean isComplete() {
      return step.isComplete();
    }

    synchronized ByteBuf finish() {
      return closed ? Unpooled.EMPTY_BUFFER : step.finish();
    }

    synchronized void close() {
      if (!closed) {
        closed = true;
        step.close();
      }
    }
  }
}
