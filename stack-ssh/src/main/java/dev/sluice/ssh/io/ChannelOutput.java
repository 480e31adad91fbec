package dev.sluice.ssh.io;

import dev.sluice.ssh.channel.Channel;
import dev.sluice.ssh.channel.ChannelTable;
import dev.sluice.transport.io.Arrivals;
import io.netty.buffer.ByteBuf;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.MonoSink;
import reactor.core.publisher.Signal;
import reactor.util.context.Context;

/**
 * Writes a publisher's buffers to a channel, asking for more only while it has room. Buffers that
 * arrive together are handed over together, so that they share a batch of packets and a flush.
 */
final class ChannelOutput {
  private static final Arrivals.Ahead AHEAD = new Arrivals.Ahead(4, 64, ChannelTable.WRITE_AHEAD);

  private final Channel channel;
  private final BiConsumer<Channel, ByteBuf> write;
  private final Executor later;
  private final MonoSink<Void> sink;
  private final Runnable finished;
  private final Arrivals arrivals;
  private boolean done;

  /**
   * @param later runs a task on the loop, after its current work, where the core may be used
   * @param finished is called when this is over
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
    this.arrivals = new Arrivals(later, this::drain, AHEAD, Context.of(sink.contextView()));
  }

  /** Subscribes; an error there surfaces in the sink. */
  void start(Flux<? extends ByteBuf> content) {
    sink.onCancel(() -> later.execute(this::cancel));
    content.subscribe(arrivals);
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

  private void drain() {
    Signal<?> end = arrivals.end(); // read before the buffers: nothing arrives after it
    for (ByteBuf data = arrivals.poll(); data != null; data = arrivals.poll()) {
      if (done) {
        data.release();
      } else {
        write.accept(channel, data);
      }
    }
    if (done) {
      return;
    }
    if (end == null) {
      requestMore();
    } else {
      complete(end.getThrowable());
    }
  }

  private void complete(@Nullable Throwable failure) {
    done = true;
    finished.run();
    if (failure == null) {
      sink.success();
    } else {
      sink.error(failure);
    }
  }

  private void requestMore() {
    if (!done && channel.isWritable()) {
      arrivals.requestMore();
    }
  }

  private void cancel() {
    if (!done) {
      done = true;
      finished.run();
      arrivals.cancel();
      drain();
    }
  }
}
