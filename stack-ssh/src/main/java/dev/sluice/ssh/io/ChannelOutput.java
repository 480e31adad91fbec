package dev.sluice.ssh.io;

import dev.sluice.ssh.channel.Channel;
import dev.sluice.ssh.channel.ChannelTable;
import io.netty.buffer.ByteBuf;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.MonoSink;
import reactor.util.context.Context;

/**
 * Writes a publisher's buffers to a channel, asking for more only while it has room. Buffers that
 * arrive together are handed over together, so that they share packets' batch and flush.
 */
final class ChannelOutput implements CoreSubscriber<ByteBuf> {
  private static final int MOST_AHEAD = 64;
  private static final int LEAST_AHEAD = 4;

  private final Channel channel;
  private final BiConsumer<Channel, ByteBuf> write;
  private final Executor later;
  private final MonoSink<Void> sink;
  private final Runnable finished;
  private final Queue<ByteBuf> arrived = new ConcurrentLinkedQueue<>();
  private final AtomicInteger wakeUps = new AtomicInteger();
  private @Nullable Subscription upstream;
  private volatile boolean completed;
  private volatile @Nullable Throwable failure;
  private int outstanding;
  private int ahead = LEAST_AHEAD;
  private boolean done;

  /**
   * @param later runs a task on the loop, behind what it does now, where the core may be used
   * @param finished hears that this is over
   */
  ChannelOutput(
      Channel channel,
      BiConsumer<Channel, ByteBuf> write,
      Executor later,
      MonoSink<Void> sink,
      Runnable finished) {
    this.channel = channel;
    this.write = write;
    this.later = later;
    this.sink = sink;
    this.finished = finished;
  }

  /** Subscribes; an error there surfaces in the sink. */
  void start(Flux<? extends ByteBuf> content) {
    content.subscribe(this);
  }

  @Override
  public void onSubscribe(Subscription subscription) {
    upstream = subscription;
    sink.onCancel(() -> later.execute(this::cancel));
    wake();
  }

  @Override
  public void onNext(ByteBuf data) {
    arrived.add(data);
    wake();
  }

  @Override
  public void onError(Throwable cause) {
    failure = cause;
    completed = true;
    wake();
  }

  @Override
  public void onComplete() {
    completed = true;
    wake();
  }

  @Override
  public Context currentContext() {
    return Context.of(sink.contextView());
  }

  /** There is room again. On the loop. */
  void writable() {
    requestMore();
  }

  /** The channel takes no more. On the loop. */
  void closed(Throwable cause) {
    if (!done) {
      cancel();
      sink.error(cause);
    }
  }

  private void wake() {
    if (wakeUps.getAndIncrement() == 0) {
      later.execute(this::drain);
    }
  }

  private void drain() {
    wakeUps.set(0);
    boolean last = completed; // read before the queue: nothing arrives behind it
    for (ByteBuf data = arrived.poll(); data != null; data = arrived.poll()) {
      outstanding--;
      if (done) {
        data.release();
      } else {
        ahead = Math.max(LEAST_AHEAD, Math.min(MOST_AHEAD, room(data)));
        write.accept(channel, data);
      }
    }
    if (done) {
      return;
    }
    if (last) {
      complete();
    } else {
      requestMore();
    }
  }

  private static int room(ByteBuf data) {
    return ChannelTable.WRITE_AHEAD / Math.max(1, data.readableBytes());
  }

  private void complete() {
    done = true;
    finished.run();
    Throwable cause = failure;
    if (cause == null) {
      sink.success();
    } else {
      sink.error(cause);
    }
  }

  private void requestMore() {
    Subscription source = upstream;
    if (source == null || done || outstanding > ahead / 2 || !channel.isWritable()) {
      return;
    }
    int missing = ahead - outstanding;
    outstanding = ahead;
    source.request(missing);
  }

  private void cancel() {
    if (done) {
      return;
    }
    done = true;
    finished.run();
    Subscription source = upstream;
    if (source != null) {
      source.cancel();
    }
    for (ByteBuf data = arrived.poll(); data != null; data = arrived.poll()) {
      data.release();
    }
  }
}
