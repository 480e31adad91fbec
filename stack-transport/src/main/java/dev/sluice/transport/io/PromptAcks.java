package dev.sluice.transport.io;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;

/**
 * Has the system acknowledge at once what arrives first on a connection. A peer that speaks twice
 * in a row, without {@code TCP_NODELAY}, otherwise waits with its second message until the first is
 * acknowledged, which takes 40 ms where we have nothing to say in between (RFC 1122 section
 * 4.2.3.2, RFC 9293 section 3.7.4). OpenSSH's server does so after a login. The system forgets the
 * wish soon, so it is repeated, {@value #READS} times. Only for epoll; without effect elsewhere.
 */
public final class PromptAcks extends ChannelInboundHandlerAdapter {
  private static final int READS = 24;

  /** That of {@code EpollChannelOption}, which need not be there. */
  private static final ChannelOption<Boolean> QUICK_ACK =
      ChannelOption.valueOf("io.netty.channel.epoll.EpollChannelOption#TCP_QUICKACK");

  private int left = READS;

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    if (ctx.channel().isOpen()) {
      ctx.channel().config().setOption(QUICK_ACK, true);
    }
    left--;
    ctx.fireChannelReadComplete();
    if (left == 0 && !ctx.isRemoved()) {
      ctx.pipeline().remove(this);
    }
  }
}
