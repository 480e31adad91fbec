package dev.sluice.tls.io;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Lets a peer read an alert before the connection is gone. Closing a socket that has unread input
 * resets the connection, and the octets sent last are lost. So our direction ends first, and input
 * is dropped until the peer ends its own direction, for a second at most.
 */
final class LingeringClose extends ChannelDuplexHandler {
  private static final int LINGER_MILLIS = 1000;

  private @Nullable ChannelPromise closing;

  @Override
  public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
    if (closing != null) {
      ctx.channel().closeFuture().addListener(done -> promise.trySuccess());
    } else if (ctx.channel() instanceof DuplexChannel duplex && duplex.isActive()) {
      closing = promise;
      duplex.shutdownOutput();
      ctx.executor().schedule(() -> ctx.close(promise), LINGER_MILLIS, TimeUnit.MILLISECONDS);
      ctx.read();
    } else {
      ctx.close(promise);
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ReferenceCountUtil.release(message);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    ctx.read();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof ChannelInputShutdownEvent && closing != null) {
      ctx.close(closing);
    }
    ctx.fireUserEventTriggered(event);
  }
}
