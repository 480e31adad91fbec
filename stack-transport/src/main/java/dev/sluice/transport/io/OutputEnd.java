package dev.sluice.transport.io;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * A handler below a stream whose protocol has a message for the orderly end of one direction. This
 * must be sent before the socket's own end: TLS has close_notify.
 */
public interface OutputEnd extends ChannelHandler {
  /** How long a peer may take to read the end. */
  int PATIENCE_SECONDS = 5;

  /** Sends the end after all pending writes, then ends the socket's output. */
  ChannelFuture endOutput();

  /**
   * Ends the outgoing direction of {@code channel} in the way of its handlers. On the event loop.
   */
  static ChannelFuture of(Channel channel) {
    OutputEnd below = channel.pipeline().get(OutputEnd.class);
    if (below != null) {
      return below.endOutput();
    }
    return channel instanceof DuplexChannel duplex && channel.isActive()
        ? duplex.shutdownOutput()
        : channel.close();
  }

  /**
   * Closes {@code channel}, with the end message of its handlers if they have one, unless the peer
   * does not take it in time. On the event loop.
   */
  static ChannelFuture close(Channel channel) {
    if (channel.isActive() && channel.pipeline().get(OutputEnd.class) != null) {
      Future<?> patience =
          channel.eventLoop().schedule(() -> channel.close(), PATIENCE_SECONDS, TimeUnit.SECONDS);
      OutputEnd.of(channel)
          .addListener(
              ended -> {
                patience.cancel(false);
                channel.close();
              });
      return channel.closeFuture();
    }
    return channel.close();
  }
}
