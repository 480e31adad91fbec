package dev.sluice.ftp.io;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelPromise;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.AbstractEventExecutorGroup;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;

/**
 * A group whose next loop is the one with the fewest data connections; its creator shuts it down.
 */
final class LeastBusyLoop extends AbstractEventExecutorGroup implements EventLoopGroup {
  private final EventLoopGroup group;

  LeastBusyLoop(EventLoopGroup group) {
    this.group = group;
  }

  /** The group that {@code group} wraps. */
  static EventLoopGroup plain(EventLoopGroup group) {
    return group instanceof LeastBusyLoop chosen ? chosen.group : group;
  }

  /** Takes turns among equally busy loops. */
  @Override
  public EventLoop next() {
    EventLoop best = group.next();
    for (EventExecutor other : group) {
      if (other instanceof EventLoop loop && DataLoops.count(loop) < DataLoops.count(best)) {
        best = loop;
      }
    }
    return best;
  }

  @Override
  public ChannelFuture register(Channel channel) {
    return next().register(channel);
  }

  @Override
  public ChannelFuture register(ChannelPromise promise) {
    return next().register(promise);
  }

  @Override
  @Deprecated
  public ChannelFuture register(Channel channel, ChannelPromise promise) {
    return next().register(channel, promise);
  }

  @Override
  public Iterator<EventExecutor> iterator() {
    return group.iterator();
  }

  @Override
  public Future<?> shutdownGracefully(long quietPeriod, long timeout, TimeUnit unit) {
    throw new UnsupportedOperationException("the loops are shared");
  }

  @Override
  @Deprecated
  public void shutdown() {
    throw new UnsupportedOperationException("the loops are shared");
  }

  @Override
  public Future<?> terminationFuture() {
    return group.terminationFuture();
  }

  @Override
  public boolean isShuttingDown() {
    return group.isShuttingDown();
  }

  @Override
  public boolean isShutdown() {
    return group.isShutdown();
  }

  @Override
  public boolean isTerminated() {
    return group.isTerminated();
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
    return group.awaitTermination(timeout, unit);
  }
}
