package dev.sluice.server.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.transport.EventLoops;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDomainDatagramChannel;
import io.netty.channel.unix.DomainDatagramPacket;
import io.netty.channel.unix.DomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;
import reactor.netty.resources.LoopResources;

/** A service manager hears what sd_notify(3) would send. */
@EnabledOnOs(OS.LINUX)
final class SystemdNotifierTest {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

  @TempDir private Path directory;

  @Test
  void statesArriveInTheirOrder() throws Exception {
    assertThat(Epoll.isAvailable()).isTrue();
    String path = directory.resolve("notify").toString();
    Channel manager = listen(path);
    try {
      SystemdNotifier notifier = SystemdNotifier.of(Map.of("NOTIFY_SOCKET", path));
      notifier.ready("2 listeners\nSTOPPING=1").block(PATIENCE);
      notifier.reloading().block(PATIENCE);
      notifier.stopping().block(PATIENCE);

      assertThat(next()).isEqualTo("READY=1\nSTATUS=2 listeners STOPPING=1");
      assertThat(next()).matches("RELOADING=1\nMONOTONIC_USEC=[0-9]+");
      assertThat(next()).isEqualTo("STOPPING=1");
    } finally {
      manager.close().sync();
    }
  }

  @Test
  void aWatchdogHearsOfLifeOnlyWhileTheServerIsHealthy() throws Exception {
    String path = directory.resolve("notify").toString();
    Channel manager = listen(path);
    try {
      SystemdNotifier notifier =
          SystemdNotifier.of(Map.of("NOTIFY_SOCKET", path, "WATCHDOG_USEC", "20000"));
      boolean[] asked = new boolean[1];
      notifier.watch(
          Mono.defer(
              () -> {
                boolean first = !asked[0];
                asked[0] = true;
                return first ? Mono.error(new IllegalStateException("ill")) : Mono.empty();
              }));

      assertThat(next()).isEqualTo("WATCHDOG=1");
      assertThat(asked[0]).isTrue();
      notifier.stopping().block(PATIENCE);
    } finally {
      manager.close().sync();
    }
  }

  @Test
  void withoutAManagerNothingIsSentAndNothingFails() {
    SystemdNotifier.of(Map.of()).ready("up").block(PATIENCE);
    SystemdNotifier.of(Map.of("NOTIFY_SOCKET", directory + "/nobody")).ready("up").block(PATIENCE);

    assertThat(heard).isEmpty();
  }

  private String next() throws InterruptedException {
    return heard.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  private Channel listen(String path) throws InterruptedException {
    return new Bootstrap()
        .group(EventLoops.shared().onServer(LoopResources.DEFAULT_NATIVE))
        .channel(EpollDomainDatagramChannel.class)
        .handler(
            new SimpleChannelInboundHandler<DomainDatagramPacket>() {
              @Override
              protected void channelRead0(ChannelHandlerContext context, DomainDatagramPacket in) {
                heard.add(in.content().toString(StandardCharsets.UTF_8));
              }
            })
        .bind(new DomainSocketAddress(path))
        .sync()
        .channel();
  }
}
