package dev.sluice.ssh.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.ssh.RekeyPolicy;
import dev.sluice.ssh.WindowLimits;
import dev.sluice.ssh.channel.Channel;
import dev.sluice.ssh.channel.ChannelEvent;
import dev.sluice.test.Conforms;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Keys change while data flows both ways. */
final class RekeyTest {
  private static final int BLOCK = 10_007;

  @Test
  @Conforms({"SSH-114", "SSH-116", "SSH-117", "SSH-119", "SSH-044"})
  void dataOfBothDirectionsKeepsItsOrderWhileKeysChangeEvery64KiB() {
    RekeyPolicy often = new RekeyPolicy(64 * 1024, 1L << 31, Duration.ofHours(1));
    try (SimulatedPath path =
        new SimulatedPath(Duration.ofMillis(2), 50_000_000, WindowLimits.DEFAULT, often)) {
      Flow up = new Flow(path.connect());
      Flow down = new Flow(path.accepted());
      path.client.onEvent = (side, event) -> up.on(event);
      path.server.onEvent = (side, event) -> down.on(event);
      up.fill();
      down.fill();

      path.runUntil(() -> up.readOctets > 2 << 20 && down.readOctets > 2 << 20);

      assertThat(exchanges(path.client)).isGreaterThan(10);
      assertThat(exchanges(path.server)).isGreaterThan(10);
      assertThat(up.wrong + down.wrong).isZero();
    }
  }

  @Test
  @Conforms({"SSH-115", "SSH-109"})
  void keysChangeByPacketsToo() {
    RekeyPolicy few = new RekeyPolicy(1L << 30, 100, Duration.ofHours(1));
    try (SimulatedPath path =
        new SimulatedPath(Duration.ofMillis(2), 50_000_000, WindowLimits.DEFAULT, few)) {
      Flow up = new Flow(path.connect());
      Flow down = new Flow(path.accepted());
      path.client.onEvent = (side, event) -> up.on(event);
      path.server.onEvent = (side, event) -> down.on(event);
      up.fill();

      path.runUntil(() -> down.readOctets > 12 << 20);

      assertThat(exchanges(path.client)).isGreaterThan(3);
    }
  }

  @Test
  @Conforms("SSH-114")
  void keysChangeByTimeToo() {
    RekeyPolicy soon = new RekeyPolicy(1L << 30, 1L << 31, Duration.ofSeconds(5));
    try (SimulatedPath path =
        new SimulatedPath(Duration.ofMillis(2), 50_000_000, WindowLimits.DEFAULT, soon)) {
      path.connect();

      path.runFor(Duration.ofSeconds(21));

      assertThat(exchanges(path.client)).isBetween(4L, 6L);
    }
  }

  private static long exchanges(SimulatedPath.Side side) {
    return side.seen.stream().filter(SshEvent.KeysExchanged.class::isInstance).count();
  }

  /** One end: writes a sequence that never repeats early, and checks the other's. */
  private static final class Flow {
    private final Channel channel;
    private long written;
    private long readOctets;
    private long wrong;

    Flow(Channel channel) {
      this.channel = channel;
    }

    void on(SshEvent event) {
      if (SimulatedPath.channel(event, ChannelEvent.OutputReady.class) != null) {
        fill();
      } else if (SimulatedPath.channel(event, ChannelEvent.InputReady.class) != null) {
        for (ByteBuf data = channel.read(); data != null; data = channel.read()) {
          byte[] octets = ByteBufUtil.getBytes(data);
          data.release();
          for (byte octet : octets) {
            wrong += octet == at(readOctets++) ? 0 : 1;
          }
        }
      }
    }

    void fill() {
      while (channel.isWritable()) {
        byte[] block = new byte[BLOCK];
        for (int i = 0; i < BLOCK; i++) {
          block[i] = at(written++);
        }
        channel.write(Unpooled.wrappedBuffer(block));
      }
    }

    private static byte at(long position) {
      return (byte) (position * 31 + (position >> 8) + (position >> 16));
    }
  }
}
