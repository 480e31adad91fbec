package dev.sluice.ftp.io;

import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import reactor.netty.resources.LoopResources;

/**
 * Event loops that give each data connection to the loop with the fewest data connections: a loop
 * serves its connections one after the other, while another loop may be idle.
 */
final class DataLoops implements LoopResources {
  private static final ConcurrentMap<EventExecutor, Integer> BUSY = new ConcurrentHashMap<>();

  private final LoopResources loops;

  DataLoops(LoopResources loops) {
    this.loops = loops;
  }

  /** Data connections on {@code loop}. */
  static int count(EventExecutor loop) {
    return BUSY.getOrDefault(loop, 0);
  }

  /** Counts a data connection, or a port that waits for one, until it is closed. */
  static void occupy(Channel channel) {
    occupy(channel.eventLoop(), channel.closeFuture());
  }

  static void occupy(EventExecutor loop, Future<?> closed) {
    BUSY.merge(loop, 1, Integer::sum);
    closed.addListener(done -> BUSY.computeIfPresent(loop, (same, n) -> n == 1 ? null : n - 1));
  }

  @Override
  public EventLoopGroup onServer(boolean useNative) {
    return new LeastBusyLoop(loops.onServer(useNative));
  }

  @Override
  public EventLoopGroup onServerSelect(boolean useNative) {
    return loops.onServerSelect(useNative);
  }

  @Override
  public <C extends Channel> C onChannel(Class<C> type, EventLoopGroup group) {
    return loops.onChannel(type, LeastBusyLoop.plain(group));
  }

  @Override
  public <C extends Channel> Class<? extends C> onChannelClass(
      Class<C> type, EventLoopGroup group) {
    return loops.onChannelClass(type, LeastBusyLoop.plain(group));
  }
}
