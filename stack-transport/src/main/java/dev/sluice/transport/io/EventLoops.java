package dev.sluice.transport.io;

import java.util.concurrent.ScheduledExecutorService;
import reactor.netty.ReactorNetty;
import reactor.netty.resources.LoopResources;
import reactor.netty.tcp.TcpClient;
import reactor.netty.tcp.TcpServer;

/**
 * The event loops that all clients and servers of this process share: as many as processors, since
 * they never wait. Reactor Netty's own number is at least four; its property {@code
 * reactor.netty.ioWorkerCount} also applies here.
 */
public final class EventLoops {
  private EventLoops() {}

  /** Never disposed; their threads are daemons and start on first use. */
  public static LoopResources shared() {
    return Shared.LOOPS;
  }

  /** A client that opens a new connection each time, and resolves names on these loops. */
  public static TcpClient client() {
    return Shared.CLIENT;
  }

  /** A server on these loops. */
  public static TcpServer server() {
    return TcpServer.create().runOn(shared());
  }

  /** One of the loops, for delayed and periodic tasks; tasks must not block. */
  public static ScheduledExecutorService clock() {
    return shared().onServer(LoopResources.DEFAULT_NATIVE).next();
  }

  private static int count() {
    return Integer.getInteger(
        ReactorNetty.IO_WORKER_COUNT, Runtime.getRuntime().availableProcessors());
  }

  private static final class Shared {
    static final LoopResources LOOPS = LoopResources.create("sluice-loop", count(), true);
    static final TcpClient CLIENT =
        TcpClient.newConnection().runOn(LOOPS).resolver(names -> names.runOn(LOOPS));
  }
}
