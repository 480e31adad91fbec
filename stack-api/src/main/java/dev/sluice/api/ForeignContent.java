package dev.sluice.api;

import io.netty.buffer.ByteBuf;
import io.netty.util.IllegalReferenceCountException;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Exceptions;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * The content of a file as a caller gives it, with the rules of Reactive Streams enforced. An
 * exception from its {@code subscribe} or {@code request} becomes its error signal, and so does a
 * buffer that was already released. A write then ends with that error instead of waiting for octets
 * that never come.
 */
public final class ForeignContent extends Flux<ByteBuf> {
  private final Publisher<? extends ByteBuf> content;

  private ForeignContent(Publisher<? extends ByteBuf> content) {
    this.content = content;
  }

  /** {@code content}, which never throws. */
  public static Flux<ByteBuf> of(Publisher<? extends ByteBuf> content) {
    return new ForeignContent(content);
  }

  @Override
  public void subscribe(CoreSubscriber<? super ByteBuf> actual) {
    Guard guard = new Guard(actual);
    try {
      content.subscribe(guard);
    } catch (RuntimeException | LinkageError thrown) {
      guard.threw(thrown);
    }
  }

  private static final class Guard implements CoreSubscriber<ByteBuf>, Subscription {
    private final CoreSubscriber<? super ByteBuf> actual;
    private volatile @Nullable Subscription upstream;
    private volatile boolean done;

    Guard(CoreSubscriber<? super ByteBuf> actual) {
      this.actual = actual;
    }

    @Override
    public void onSubscribe(Subscription subscription) {
      if (Operators.validate(upstream, subscription)) {
        upstream = subscription;
        actual.onSubscribe(this);
      }
    }

    @Override
    public void onNext(ByteBuf octets) {
      if (done) {
        ReferenceCountUtil.safeRelease(octets);
      } else if (octets.refCnt() == 0) {
        threw(
            new IllegalReferenceCountException(
                "the content gave a buffer that was released already"));
      } else {
        actual.onNext(octets);
      }
    }

    @Override
    public void onError(Throwable cause) {
      if (!done) {
        done = true;
        actual.onError(cause);
      }
    }

    @Override
    public void onComplete() {
      if (!done) {
        done = true;
        actual.onComplete();
      }
    }

    @Override
    public void request(long n) {
      Subscription source = upstream;
      if (source == null || done) {
        return;
      }
      try {
        source.request(n);
      } catch (RuntimeException | LinkageError thrown) {
        threw(thrown);
      }
    }

    @Override
    public void cancel() {
      done = true;
      cancelUpstream();
    }

    void threw(Throwable thrown) {
      Exceptions.throwIfJvmFatal(thrown);
      if (done) {
        return;
      }
      done = true;
      if (upstream == null) {
        Operators.error(actual, thrown);
      } else {
        cancelUpstream();
        actual.onError(thrown);
      }
    }

    private void cancelUpstream() {
      Subscription source = upstream;
      if (source == null) {
        return;
      }
      try {
        source.cancel();
      } catch (RuntimeException thrown) {
        Operators.onErrorDropped(thrown, actual.currentContext());
      }
    }

    @Override
    public Context currentContext() {
      return actual.currentContext();
    }
  }
}
