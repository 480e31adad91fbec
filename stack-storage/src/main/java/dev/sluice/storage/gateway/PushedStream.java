package dev.sluice.storage.gateway;

import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.publisher.Operators;
import reactor.core.publisher.Sinks;

/** A stream that is supplied piece by piece: each piece waits until the writer requests it. */
final class PushedStream implements Publisher<ByteBuf>, Subscription {
  private final Sinks.Empty<Void> written = Sinks.empty();
  private @Nullable Subscriber<? super ByteBuf> writer;
  private @Nullable Disposable writing;
  private @Nullable ByteBuf piece;
  private @Nullable MonoSink<Void> waiting;
  private long demand;
  private boolean completed;
  private boolean over;

  /** Starts to write this stream with {@code write}, which subscribes to it. */
  void begin(Mono<Void> write) {
    writing = write.subscribe(null, this::failed, this::ended);
  }

  /** Passes {@code buffer} on; completes when it is taken. One call at a time. */
  Mono<Void> push(ByteBuf buffer) {
    return Mono.create(
        sink -> {
          boolean refused;
          synchronized (this) {
            refused = over;
            if (!refused) {
              piece = buffer;
              waiting = sink;
            }
          }
          if (refused) {
            buffer.release();
            refuse(sink);
            return;
          }
          emit();
        });
  }

  /** Ends the stream; completes when all of it is written, or signals why not. */
  Mono<Void> finish() {
    return Mono.defer(
        () -> {
          Subscriber<? super ByteBuf> to;
          synchronized (this) {
            completed = true;
            to = over ? null : writer;
          }
          if (to != null) {
            to.onComplete();
          }
          return written.asMono();
        });
  }

  /** Discards the part that is not yet written. */
  void abort() {
    Disposable running = writing;
    if (running != null) {
      running.dispose();
    }
    stop();
    written.tryEmitError(new FileFailure(FileError.INTERRUPTED, "closed while in use"));
  }

  @Override
  public void subscribe(Subscriber<? super ByteBuf> subscriber) {
    boolean empty;
    synchronized (this) {
      if (writer != null) {
        Operators.error(subscriber, new IllegalStateException("this stream has its writer"));
        return;
      }
      writer = subscriber;
      empty = completed;
    }
    subscriber.onSubscribe(this);
    if (empty) {
      subscriber.onComplete();
    }
  }

  @Override
  public void request(long n) {
    if (Operators.validate(n)) {
      synchronized (this) {
        demand = Operators.addCap(demand, n);
      }
      emit();
    }
  }

  @Override
  public void cancel() {
    stop();
  }

  private void emit() {
    Subscriber<? super ByteBuf> to;
    ByteBuf buffer;
    MonoSink<Void> sink;
    synchronized (this) {
      to = writer;
      buffer = piece;
      sink = waiting;
      if (over || to == null || buffer == null || sink == null || demand == 0) {
        return;
      }
      piece = null;
      waiting = null;
      demand -= demand == Long.MAX_VALUE ? 0 : 1;
    }
    to.onNext(buffer);
    sink.success();
  }

  private void ended() {
    stop();
    written.tryEmitEmpty();
  }

  private void failed(Throwable cause) {
    stop();
    written.tryEmitError(cause);
  }

  private void stop() {
    ByteBuf buffer;
    MonoSink<Void> sink;
    synchronized (this) {
      over = true;
      buffer = piece;
      sink = waiting;
      piece = null;
      waiting = null;
    }
    if (buffer != null) {
      buffer.release();
    }
    if (sink != null) {
      refuse(sink);
    }
  }

  /**
   * The writer cancels the stream first and reports the reason afterwards, so this waits for the
   * reason.
   */
  private void refuse(MonoSink<Void> sink) {
    Disposable waitingForReason =
        written
            .asMono()
            .subscribe(
                null,
                sink::error,
                () ->
                    sink.error(
                        new FileFailure(FileError.INTERRUPTED, "the stream below has ended")));
    sink.onDispose(waitingForReason);
  }
}
