package dev.sluice.ftp.io;

import dev.sluice.transport.Transport;
import dev.sluice.transport.io.Sockets;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.WriteBufferWaterMark;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Opens a client's outgoing connections; see {@link Sockets#connect}.
 *
 * @param timeout longest wait for a control connection
 * @param dataTimeout longest wait for a data connection
 */
public record Dialer(Transport transport, Duration timeout, Duration dataTimeout) {
  private static final WriteBufferWaterMark WRITE_AHEAD =
      new WriteBufferWaterMark(256 * 1024, 512 * 1024);

  /**
   * A connection for commands. Emits on the channel's event loop.
   *
   * @param loop null = any
   */
  Mono<Channel> dialControl(InetSocketAddress target, @Nullable EventLoop loop) {
    return Sockets.connect(transport, target, loop, tcp -> tcp, "connection to " + target, timeout);
  }

  /** A connection for data on the event loop given, where it is emitted. */
  Mono<Channel> dialData(InetSocketAddress target, EventLoop loop) {
    return Sockets.connect(
        transport,
        target,
        loop,
        tcp ->
            tcp.doOnChannelInit((observer, channel, server) -> DataLoops.occupy(channel))
                .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, WRITE_AHEAD),
        "data connection",
        dataTimeout);
  }

  static WriteBufferWaterMark writeAhead() {
    return WRITE_AHEAD;
  }
}
