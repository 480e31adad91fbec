package dev.sluice.transport.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.blockhound.BlockingOperationError;

final class EventLoopGateTest {
  private final MultiThreadIoEventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(
          1, Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());

  @AfterEach
  void stop() {
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }

  @Test
  void aBlockingCallOnAnEventLoopIsAnError() {
    assertThatThrownBy(() -> loops.submit(EventLoopGateTest::block).get(5, TimeUnit.SECONDS))
        .hasRootCauseInstanceOf(BlockingOperationError.class);
  }

  @Test
  void anEventLoopMayComputeAndLog() throws Exception {
    assertThat(loops.submit(() -> 6 * 7).get(5, TimeUnit.SECONDS)).isEqualTo(42);
  }

  private static Void block() throws InterruptedException {
    Thread.sleep(1);
    return null;
  }
}
