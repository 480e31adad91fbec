package dev.sluice.ftp.io;

import dev.sluice.api.ConnectFailed;
import dev.sluice.api.TimedOut;
import dev.sluice.ftp.PortRange;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.resources.LoopResources;

/**
 * A port that waits for one data connection from one address, then closes. Connections from
 * elsewhere are dropped (RFC 2577 section 4). All state lives on one event loop.
 */
public final class DataListener implements DataOffer {
  private static final int ATTEMPTS = 50;

  private final Channel listener;
  private final Acceptance acceptance;
  private final Duration timeout;

  private DataListener(Channel listener, Acceptance acceptance, Duration timeout) {
    this.listener = listener;
    this.acceptance = acceptance;
    this.timeout = timeout;
  }

  /**
   * Listens on a port picked at random.
   *
   * @param peer the only address that may connect
   * @param timeout longest wait for it, from {@link #link()} on
   */
  public static Mono<DataListener> open(
      InetAddress own, PortRange ports, InetAddress peer, EventLoop loop, Duration timeout) {
    return attempt(() -> bind(own, ports, peer, loop, timeout), ports, ATTEMPTS);
  }

  /** The address it listens on. */
  public InetSocketAddress address() {
    return (InetSocketAddress) listener.localAddress();
  }

  /** The connection; the port is closed when it has arrived or the timeout has passed. */
  @Override
  public Mono<DataLink> link() {
    return Mono.defer(
        () -> {
          Future<?> timer =
              listener.eventLoop().schedule(this::expire, timeout.toNanos(), TimeUnit.NANOSECONDS);
          return acceptance.accepted.asMono().doFinally(signal -> timer.cancel(false));
        });
  }

  @Override
  public Mono<Void> discard() {
    return Mono.<Void>create(
            sink -> {
              acceptance.accepted.tryEmitError(new ConnectFailed("the data port was closed"));
              listener.close().addListener(done -> sink.success());
            })
        .then(Mono.defer(acceptance::discard));
  }

  private void expire() {
    acceptance.accepted.tryEmitError(new TimedOut("data connection from the server", timeout));
    listener.close();
  }

  private static Mono<DataListener> attempt(
      Supplier<Mono<DataListener>> bind, PortRange ports, int attempts) {
    return Mono.defer(bind)
        .onErrorResume(
            cause ->
                attempts == 1
                    ? Mono.error(new ConnectFailed("cannot listen on a port of " + ports, cause))
                    : attempt(bind, ports, attempts - 1));
  }

  private static Mono<DataListener> bind(
      InetAddress own, PortRange ports, InetAddress peer, EventLoop loop, Duration timeout) {
    InetSocketAddress address = new InetSocketAddress(own, ports.random());
    return Mono.create(
        sink -> {
          LoopResources here = preferNative -> loop;
          Acceptance acceptance = new Acceptance(peer);
          ChannelFuture bound =
              new ServerBootstrap()
                  .group(loop)
                  .channel(here.onChannelClass(ServerSocketChannel.class, loop))
                  .option(ChannelOption.SO_REUSEADDR, true)
                  .option(ChannelOption.SO_BACKLOG, 1)
                  .childOption(ChannelOption.AUTO_READ, false)
                  .childOption(ChannelOption.TCP_NODELAY, true)
                  .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                  .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, Dialer.writeAhead())
                  .childHandler(acceptance)
                  .bind(address);
          bound.addListener(
              done -> {
                if (done.isSuccess()) {
                  DataLoops.occupy(bound.channel());
                  sink.success(new DataListener(bound.channel(), acceptance, timeout));
                } else {
                  sink.error(done.cause());
                }
              });
        });
  }

  /** Takes the first connection from the peer and closes the port. */
  private static final class Acceptance extends ChannelInitializer<Channel> {
    private final InetAddress peer;
    private final Sinks.One<DataLink> accepted = Sinks.one();
    private @Nullable DataLink link;

    Acceptance(InetAddress peer) {
      this.peer = peer;
    }

    @Override
    protected void initChannel(Channel channel) {
      InetSocketAddress from = (InetSocketAddress) channel.remoteAddress();
      if (link != null || from == null || !peer.equals(from.getAddress())) {
        channel.close();
        return;
      }
      DataLink taken = DataLink.over(channel);
      link = taken;
      DataLoops.occupy(channel);
      channel.parent().close();
      channel.eventLoop().execute(() -> accepted.tryEmitValue(taken));
    }

    Mono<Void> discard() {
      return link == null ? Mono.empty() : link.reset();
    }
  }
}
