package dev.sluice.storage.gateway;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/** A stream of buffers that is read piece by piece, on demand. */
final class PulledStream implements CoreSubscriber<ByteBuf> {
  private @Nullable Subscription upstream;
  private @Nullable MonoSink<ByteBuf> waiting;
  private @Nullable ByteBuf rest;
  private @Nullable Throwable failure;
  private boolean ended;
  private boolean cancelled;

  /** At most {@code length} octets; empty at the end. One call at a time. */
  Mono<ByteBuf> next(int length) {
    return Mono.<ByteBuf>create(
            sink -> {
              sink.onCancel(() -> forget(sink));
              await(sink);
            })
        .map(buffer -> cut(buffer, length));
  }

  @Override
  public void onSubscribe(Subscription subscription) {
    boolean tooLate;
    boolean wanted;
    synchronized (this) {
      upstream = subscription;
      tooLate = cancelled;
      wanted = waiting != null;
    }
    if (tooLate) {
      subscription.cancel();
    } else if (wanted) {
      subscription.request(1);
    }
  }

  @Override
  public void onNext(ByteBuf buffer) {
    if (!buffer.isReadable()) {
      buffer.release();
      request();
      return;
    }
    MonoSink<ByteBuf> sink;
    synchronized (this) {
      sink = waiting;
      waiting = null;
      if (sink == null && !cancelled) {
        rest = buffer;
        return;
      }
    }
    if (sink == null) {
      buffer.release();
    } else {
      sink.success(buffer);
    }
  }

  @Override
  public void onError(Throwable cause) {
    MonoSink<ByteBuf> sink = end(cause);
    if (sink != null) {
      sink.error(cause);
    }
  }

  @Override
  public void onComplete() {
    MonoSink<ByteBuf> sink = end(null);
    if (sink != null) {
      sink.success();
    }
  }

  void cancel() {
    Subscription subscription;
    ByteBuf left;
    synchronized (this) {
      cancelled = true;
      subscription = upstream;
      left = rest;
      rest = null;
    }
    if (subscription != null) {
      subscription.cancel();
    }
    if (left != null) {
      left.release();
    }
    onComplete();
  }

  private void await(MonoSink<ByteBuf> sink) {
    ByteBuf ready;
    Throwable cause;
    boolean over;
    synchronized (this) {
      ready = rest;
      rest = null;
      cause = failure;
      over = ended;
      if (ready == null && !over) {
        waiting = sink;
      }
    }
    if (ready != null) {
      sink.success(ready);
    } else if (cause != null) {
      sink.error(cause);
    } else if (over) {
      sink.success();
    } else {
      request();
    }
  }

  private void request() {
    Subscription subscription;
    synchronized (this) {
      subscription = upstream;
    }
    if (subscription != null) {
      subscription.request(1);
    }
  }

  private synchronized void forget(MonoSink<ByteBuf> sink) {
    if (waiting == sink) {
      waiting = null;
    }
  }

  private synchronized @Nullable MonoSink<ByteBuf> end(@Nullable Throwable cause) {
    MonoSink<ByteBuf> sink = waiting;
    waiting = null;
    ended = true;
    failure = cause;
    return sink;
  }

  private synchronized ByteBuf cut(ByteBuf buffer, int length) {
    if (buffer.readableBytes() <= length) {
      return buffer;
    }
    ByteBuf piece = buffer.readRetainedSlice(length);
    if (cancelled) {
      buffer.release();
    } else {
      rest = buffer;
    }
    return piece;
  }
}
