package dev.sluice.transport.io;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

final class OutboundStreamTest {
  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final BlockingQueue<Byte> received = new LinkedBlockingQueue<>();

  @AfterEach
  void stop() {
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }

  @Test
  void aBufferFromTheEventLoopNeverOvertakesOneFromAnotherThread() throws Exception {
    Channel channel = connected();

    Mono.<Void>create(
            sink ->
                new OutboundStream(channel, sink, octets -> {}).start(new Alternating((byte) 100)))
        .block();

    List<Byte> order = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      order.add(received.poll(10, TimeUnit.SECONDS));
    }
    assertThat(order).isSorted().doesNotHaveDuplicates();
  }

  private Channel connected() {
    Channel server =
        new ServerBootstrap()
            .group(loops)
            .channel(NioServerSocketChannel.class)
            .childHandler(
                new ChannelInboundHandlerAdapter() {
                  @Override
                  public void channelRead(ChannelHandlerContext context, Object message) {
                    ByteBuf octets = (ByteBuf) message;
                    while (octets.isReadable()) {
                      received.add(octets.readByte());
                    }
                    octets.release();
                  }
                })
            .bind(InetAddress.getLoopbackAddress(), 0)
            .syncUninterruptibly()
            .channel();
    return new Bootstrap()
        .group(loops)
        .channel(NioSocketChannel.class)
        .handler(new ChannelInboundHandlerAdapter())
        .connect(server.localAddress())
        .syncUninterruptibly()
        .channel();
  }

  /** Emits on request: first from a thread of its own, the rest from the thread that asks. */
  private static final class Alternating extends Flux<ByteBuf> {
    private final byte count;

    Alternating(byte count) {
      this.count = count;
    }

    @Override
    public void subscribe(CoreSubscriber<? super ByteBuf> actual) {
      AtomicInteger next = new AtomicInteger();
      actual.onSubscribe(
          new Subscription() {
            @Override
            public void request(long n) {
              Thread other = new Thread(() -> emit(actual, next));
              other.start();
              // Neither join nor onSpinWait: both are calls that an event loop must not make.
              long spins = 0;
              while (other.isAlive()) {
                spins++;
              }
              assertThat(spins).isNotNegative();
              for (long i = 1; i < n; i++) {
                emit(actual, next);
              }
            }

            @Override
            public void cancel() {}
          });
    }

    private void emit(CoreSubscriber<? super ByteBuf> actual, AtomicInteger next) {
      int value = next.getAndIncrement();
      if (value < count) {
        actual.onNext(Unpooled.wrappedBuffer(new byte[] {(byte) value}));
      } else if (value == count) {
        actual.onComplete();
      }
    }
  }
}
