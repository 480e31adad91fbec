package dev.sluice.transport;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import reactor.core.publisher.Mono;
import reactor.netty.ReactorNetty;
import reactor.netty.resources.LoopResources;
import reactor.netty.tcp.TcpClient;

/**
 * The event loops that all clients and servers of this process share, unless their {@link
 * Transport} has others: as many as processors, since they never wait. Reactor Netty's own number
 * is at least four; its property {@code reactor.netty.ioWorkerCount} also applies here.
 */
public final class EventLoops {
  /** One for each group of loops: a client has a resolver of names, which is not made twice. */
  private static final Map<LoopResources, TcpClient> CLIENTS = new ConcurrentHashMap<>();

  private static final Duration END = Duration.ofMillis(200);

  private static volatile boolean begun;

  private EventLoops() {}

  /** Not disposed but by {@link #end}; their threads are daemons and start on first use. */
  public static LoopResources shared() {
    return Shared.LOOPS;
  }

  /**
   * Ends the shared loops, if any have begun, with whatever runs on them. For a program that is
   * about to exit: a JVM waits 300 ms for threads in native code, and loops without work are there.
   * Completes within 200 ms.
   */
  public static Mono<Void> end() {
    return Mono.defer(
        () ->
            begun
                ? shared().disposeLater(Duration.ZERO, END).timeout(END).onErrorComplete()
                : Mono.empty());
  }

  /** A client that opens a new connection each time, and resolves names on {@code loops}. */
  public static TcpClient client(LoopResources loops) {
    TcpClient known = CLIENTS.get(loops);
    if (known != null) {
      return known;
    }
    CLIENTS.keySet().removeIf(LoopResources::isDisposed);
    return CLIENTS.computeIfAbsent(
        loops, own -> TcpClient.newConnection().runOn(own).resolver(names -> names.runOn(own)));
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
    static final LoopResources LOOPS = begin();

    private static LoopResources begin() {
      begun = true;
      return LoopResources.create("sluice-loop", count(), true);
    }
  }
}
