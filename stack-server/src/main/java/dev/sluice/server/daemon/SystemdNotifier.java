package dev.sluice.server.daemon;

import dev.sluice.transport.EventLoops;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDomainDatagramChannel;
import io.netty.channel.unix.DomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.resources.LoopResources;

/**
 * Reports states to a service manager (sd_notify(3)) over the datagram socket that {@code
 * NOTIFY_SOCKET} names. Does nothing without one, and nowhere but on Linux. What the manager does
 * not take is dropped: a server does not end for that.
 */
public final class SystemdNotifier {
  private static final int MICROS = 1000;

  private final @Nullable DomainSocketAddress socket;
  private final @Nullable Duration watchdog;
  private final Disposable.Swap alive = Disposables.swap();

  private SystemdNotifier(@Nullable DomainSocketAddress socket, @Nullable Duration watchdog) {
    this.socket = socket;
    this.watchdog = watchdog;
  }

  /** With the variables of the process: {@code NOTIFY_SOCKET} and {@code WATCHDOG_USEC}. */
  public static SystemdNotifier of(Map<String, String> environment) {
    String path = environment.getOrDefault("NOTIFY_SOCKET", "");
    boolean usable = (path.startsWith("/") || path.startsWith("@")) && Epoll.isAvailable();
    return new SystemdNotifier(
        usable ? new DomainSocketAddress(path.replaceFirst("^@", "\0")) : null,
        Optional.ofNullable(environment.get("WATCHDOG_USEC"))
            .filter(text -> text.matches("[1-9][0-9]{3,14}"))
            .map(text -> Duration.ofNanos(Long.parseLong(text) * MICROS))
            .orElse(null));
  }

  /** All listeners accept connections, or a reload has ended. */
  public Mono<Void> ready(String status) {
    return send("READY=1\nSTATUS=" + oneLine(status));
  }

  /** A reload begins; {@link #ready} ends it. */
  public Mono<Void> reloading() {
    return send("RELOADING=1\nMONOTONIC_USEC=" + System.nanoTime() / MICROS);
  }

  /** No more connections are accepted. */
  public Mono<Void> stopping() {
    return send("STOPPING=1").doFinally(end -> alive.dispose());
  }

  /**
   * Reports twice in the time of the watchdog that the process lives, as long as {@code healthy}
   * completes.
   */
  public void watch(Mono<Void> healthy) {
    if (socket == null || watchdog == null) {
      return;
    }
    alive.update(
        Flux.interval(watchdog.dividedBy(2))
            .onBackpressureDrop()
            .concatMap(
                tick ->
                    healthy
                        .timeout(watchdog)
                        .then(Mono.defer(() -> send("WATCHDOG=1")))
                        .onErrorComplete(),
                1)
            .subscribe());
  }

  private Mono<Void> send(String text) {
    DomainSocketAddress to = socket;
    if (to == null) {
      return Mono.empty();
    }
    return Mono.<Void>create(
            sink ->
                new Bootstrap()
                    .group(EventLoops.shared().onServer(LoopResources.DEFAULT_NATIVE))
                    .channel(EpollDomainDatagramChannel.class)
                    .handler(new ChannelInboundHandlerAdapter())
                    .connect(to)
                    .addListener(
                        (ChannelFutureListener) connected -> said(connected, text, sink::success)))
        .timeout(Duration.ofSeconds(5))
        .onErrorComplete();
  }

  private static void said(ChannelFuture connected, String text, Runnable done) {
    if (!connected.isSuccess()) {
      done.run();
      return;
    }
    connected
        .channel()
        .writeAndFlush(Unpooled.copiedBuffer(text, StandardCharsets.UTF_8))
        .addListener(ChannelFutureListener.CLOSE)
        .addListener(sent -> done.run());
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\p{Cntrl}", " ");
  }
}
