package dev.sluice.transport.io;

import dev.sluice.api.ReadOptions;
import dev.sluice.transport.AnswerMemory;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.util.ReferenceCountUtil;
import java.util.Objects;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.MonoSink;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * Writes a publisher's buffers to a channel, and requests more only while the channel takes them.
 *
 * <p>At most {@link #AHEAD} buffers are requested beyond what the channel has taken, fewer if
 * memory is short. Small buffers share a flush; large ones are flushed at once. All state lives on
 * the event loop.
 */
final class OutboundStream implements CoreSubscriber<ByteBuf> {
  private static final int AHEAD = 4;
  private static final int FLUSH_OCTETS = 64 * 1024;

  private final Channel channel;
  private final LoopQueue queue;
  private final MonoSink<Void> sink;
  private final LongConsumer progress;
  private final AnswerMemory.@Nullable Share memory;
  private long held;
  private @Nullable Subscription upstream;
  private @Nullable ChannelFuture lastWrite;
  private int outstanding;
  private int unflushed;
  private boolean flushScheduled;
  private boolean done;

  /**
   * @param memory counts the octets that the socket has not taken; null = not counted
   */
  OutboundStream(
      Channel channel,
      MonoSink<Void> sink,
      LongConsumer progress,
      AnswerMemory.@Nullable Share memory) {
    this.memory = memory;
    this.channel = channel;
    this.queue = new LoopQueue(channel.eventLoop());
    this.sink = sink;
    this.progress = progress;
  }

  @Override
  public void onSubscribe(Subscription subscription) {
    if (Operators.validate(upstream, Objects.requireNonNull(subscription))) {
      upstream = subscription;
      sink.onCancel(this::cancel);
      queue.run(this::requestMore);
    }
  }

  @Override
  public void onNext(ByteBuf octets) {
    Objects.requireNonNull(octets);
    queue.run(() -> write(octets));
  }

  @Override
  public void onError(Throwable cause) {
    Objects.requireNonNull(cause);
    queue.run(
        () -> {
          done = true;
          sink.error(cause);
        });
  }

  @Override
  public void onComplete() {
    queue.run(
        () -> {
          done = true;
          channel.flush();
          ChannelFuture last = lastWrite;
          if (last == null) {
            sink.success();
          } else {
            last.addListener(future -> finish(future.cause()));
          }
        });
  }

  /** The channel's writability has changed, or it has closed. */
  void writabilityChanged() {
    requestMore();
  }

  /** The channel has closed. */
  void closed(Throwable cause) {
    if (!done) {
      cancel();
      sink.error(cause);
    }
  }

  private void write(ByteBuf octets) {
    outstanding--;
    if (done) {
      ReferenceCountUtil.safeRelease(octets);
      return;
    }
    int length = octets.readableBytes();
    unflushed += length;
    hold(length);
    lastWrite = channel.write(octets);
    lastWrite.addListener(
        future -> {
          hold(-length);
          if (future.isSuccess()) {
            progress.accept(length);
          } else {
            closed(StreamHandler.plain(future.cause()));
          }
        });
    if (unflushed >= FLUSH_OCTETS) {
      flush();
    } else if (!flushScheduled) {
      flushScheduled = true;
      channel.eventLoop().execute(this::flushScheduled);
    }
    requestMore();
  }

  /** Octets that were sent may have made the room that was waited for. */
  private void hold(long octets) {
    AnswerMemory.Share counter = memory;
    if (counter != null) {
      held += octets;
      counter.add(octets);
      if (octets < 0) {
        requestMore();
      }
    }
  }

  /**
   * Buffers that may be requested. If the memory of all connections is taken, one at a time, after
   * the socket has taken the one before, so no stream waits for others for ever.
   */
  private int ahead() {
    AnswerMemory.Share counter = memory;
    if (counter == null || counter.room() >= FLUSH_OCTETS) {
      return AHEAD;
    }
    return held == 0 ? 1 : 0;
  }

  private void flushScheduled() {
    flushScheduled = false;
    if (unflushed > 0) {
      flush();
    }
  }

  private void flush() {
    unflushed = 0;
    channel.flush();
  }

  private void requestMore() {
    Subscription source = upstream;
    if (source == null || done || !channel.isWritable()) {
      return;
    }
    int missing = ahead() - outstanding;
    if (missing > 0) {
      outstanding += missing;
      source.request(missing);
    }
  }

  private void finish(@Nullable Throwable cause) {
    if (cause == null) {
      sink.success();
    } else {
      sink.error(StreamHandler.plain(cause));
    }
  }

  private void cancel() {
    done = true;
    Subscription source = upstream;
    if (source != null) {
      source.cancel();
    }
  }

  @Override
  public Context currentContext() {
    return ReadOptions.large(Context.of(sink.contextView()));
  }

  /** Subscribes to {@code content}; an error there surfaces in the sink. */
  void start(Flux<? extends ByteBuf> content) {
    content.subscribe(this);
  }
}
