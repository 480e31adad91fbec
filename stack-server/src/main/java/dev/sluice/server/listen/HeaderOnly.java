package dev.sluice.server.listen;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandler;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.util.UncheckedBooleanSupplier;

/**
 * Reads the octets of a PROXY header from a socket and not one more. What follows stays in the
 * socket until somebody asks for it, as it does without a header: those who start TLS later must
 * not find that its first octets have been read already.
 *
 * <p>The lengths are those of the PROXY protocol, sections 2.1 and 2.2.
 */
final class HeaderOnly implements RecvByteBufAllocator {
  /** {@code PROXY UNKNOWN\r\n}, the shortest header of all. */
  private static final int SHORTEST = 15;

  /** Signature, version, family, and the length of what follows. */
  private static final int BINARY_START = 16;

  private static final int BINARY_SIGN = '\r';

  private final RecvByteBufAllocator afterwards;
  private final byte[] start = new byte[BINARY_START];
  private int seen;
  private boolean complete;

  private HeaderOnly(RecvByteBufAllocator afterwards) {
    this.afterwards = afterwards;
  }

  /** Takes effect for a channel that has read nothing yet. */
  static HeaderOnly on(ChannelConfig config) {
    HeaderOnly reads = new HeaderOnly(config.getRecvByteBufAllocator());
    config.setRecvByteBufAllocator(reads);
    return reads;
  }

  /** Sees the octets of the header before they are decoded, and leaves the channel after that. */
  ChannelInboundHandler counter() {
    return new ChannelInboundHandlerAdapter() {
      @Override
      public void channelRead(ChannelHandlerContext context, Object message) {
        seen((ByteBuf) message);
        context.fireChannelRead(message);
        if (complete) {
          context.pipeline().remove(this);
        }
      }
    };
  }

  private void seen(ByteBuf octets) {
    int first = octets.readerIndex();
    for (int i = first; i < octets.writerIndex() && seen + i - first < BINARY_START; i++) {
      start[seen + i - first] = octets.getByte(i);
    }
    seen += octets.readableBytes();
  }

  /** The header is complete: from now on as much is read as there is. */
  void complete() {
    complete = true;
  }

  /** How many octets the header has at least beyond those that were seen. */
  int missing() {
    if (seen < SHORTEST) {
      return SHORTEST - seen;
    }
    if (start[0] != BINARY_SIGN || seen < BINARY_START) {
      return 1;
    }
    int rest = (start[BINARY_START - 2] & 0xFF) << Byte.SIZE | start[BINARY_START - 1] & 0xFF;
    return Math.max(1, BINARY_START + rest - seen);
  }

  @Override
  public ExtendedHandle newHandle() {
    return new Reads((ExtendedHandle) afterwards.newHandle());
  }

  /** Passes everything on; only the size of a buffer is its own until the header is complete. */
  private final class Reads implements ExtendedHandle {
    private final ExtendedHandle later;

    Reads(ExtendedHandle later) {
      this.later = later;
    }

    @Override
    public ByteBuf allocate(ByteBufAllocator buffers) {
      return complete ? later.allocate(buffers) : buffers.ioBuffer(missing(), missing());
    }

    @Override
    public int guess() {
      return complete ? later.guess() : missing();
    }

    @Override
    public void reset(ChannelConfig config) {
      later.reset(config);
    }

    @Override
    public void incMessagesRead(int messages) {
      later.incMessagesRead(messages);
    }

    @Override
    public void lastBytesRead(int octets) {
      later.lastBytesRead(octets);
    }

    @Override
    public int lastBytesRead() {
      return later.lastBytesRead();
    }

    @Override
    public void attemptedBytesRead(int octets) {
      later.attemptedBytesRead(octets);
    }

    @Override
    public int attemptedBytesRead() {
      return later.attemptedBytesRead();
    }

    @Override
    public boolean continueReading() {
      return complete && later.continueReading();
    }

    @Override
    public boolean continueReading(UncheckedBooleanSupplier maybeMore) {
      return complete && later.continueReading(maybeMore);
    }

    @Override
    public void readComplete() {
      later.readComplete();
    }
  }
}
