package dev.sluice.ssh.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.ssh.RekeyPolicy;
import dev.sluice.ssh.WindowLimits;
import dev.sluice.ssh.channel.Channel;
import dev.sluice.ssh.channel.ChannelEvent;
import dev.sluice.test.Conforms;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Windows follow the path and the consumer, in virtual time. */
final class AdaptiveWindowTest {
  private static final long RATE = 60_000_000; // half a gigabit
  private static final long GIGABIT = 125_000_000;
  private static final int BLOCK = 32 * 1024;

  @ParameterizedTest
  @CsvSource({"1, 2", "50, 16", "150, 64"})
  @Conforms({"SSH-184", "SSH-180"})
  void aFastPathIsFilledWhateverItsRoundTrip(int roundTripMillis, long mostMebibytes) {
    try (SimulatedPath path =
        path(Duration.ofMillis(roundTripMillis), RATE, WindowLimits.DEFAULT)) {
      Channel channel = path.connect();
      Channel source = sending(path);
      long[] received = {0};
      reading(path, received);
      path.runFor(Duration.ofMillis(1500)); // the windows grow
      long before = received[0];

      path.runFor(Duration.ofSeconds(1));

      double rate = received[0] - before;
      assertThat(rate).isGreaterThan(0.9 * RATE);
      assertThat(channel.windowSize()).isLessThanOrEqualTo(mostMebibytes << 20);
      assertThat(source.isClosed()).isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 2", "50, 8", "100, 15", "150, 22"})
  void whatIsExpectedFillsAFastPathFromTheStart(int roundTripMillis, long mostMebibytes) {
    Duration roundTrip = Duration.ofMillis(roundTripMillis);
    try (SimulatedPath path = path(roundTrip, GIGABIT, WindowLimits.DEFAULT)) {
      Channel channel = path.connect();
      channel.expectBulk();
      assertThat(channel.windowSize()).isLessThanOrEqualTo(mostMebibytes << 20);
      long[] received = {0};
      reading(path, received);
      sending(path);
      path.runFor(roundTrip);
      long before = received[0];

      path.runFor(Duration.ofMillis(400));

      double octets = received[0] - before;
      assertThat(octets).isGreaterThan(0.9 * 0.4 * GIGABIT);
    }
  }

  @Test
  void whatIsExpectedTakesNoMoreThanHalfOfABudget() {
    WindowLimits tight = new WindowLimits(2 << 20, 64 << 20, 20 << 20, BLOCK);
    try (SimulatedPath path = path(Duration.ofMillis(150), GIGABIT, tight)) {
      Channel channel = path.connect();
      channel.expectBulk();

      assertThat(channel.windowSize()).isBetween(4L << 20, 10L << 20);
    }
  }

  @Test
  void whatIsExpectedTwiceIsPromisedOnce() {
    try (SimulatedPath path = path(Duration.ofMillis(50), GIGABIT, WindowLimits.DEFAULT)) {
      Channel channel = path.connect();
      channel.expectBulk();
      long size = channel.windowSize();
      channel.expectBulk();

      assertThat(channel.windowSize()).isEqualTo(size).isGreaterThan(7_000_000);
    }
  }

  @Test
  @Conforms("SSH-183")
  void aSlowConsumerHoldsNoMoreThanTheFirstWindow() {
    try (SimulatedPath path = path(Duration.ofMillis(150), RATE, WindowLimits.DEFAULT)) {
      Channel channel = path.connect();
      sending(path);
      long[] consumed = {0};
      for (int i = 0; i < 150; i++) { // 3 MB/s on a path of 60 MB/s
        path.runFor(Duration.ofMillis(10));
        ByteBuf data = channel.read();
        if (data != null) {
          consumed[0] += data.readableBytes();
          data.release();
        }
      }

      assertThat(consumed[0]).isGreaterThan(3 << 20);
      assertThat(channel.windowSize()).isEqualTo(WindowLimits.DEFAULT.initial());
    }
  }

  @Test
  @Conforms("SSH-184")
  void aWindowGrowsNoFurtherThanItsConnectionMayHold() {
    WindowLimits tight = new WindowLimits(2 << 20, 64 << 20, 5 << 20, BLOCK);
    try (SimulatedPath path = path(Duration.ofMillis(150), RATE, tight)) {
      Channel channel = path.connect();
      sending(path);
      reading(path, new long[1]);

      path.runFor(Duration.ofSeconds(1));

      assertThat(channel.windowSize()).isEqualTo(4 << 20);
    }
  }

  @Test
  @Conforms({"SSH-183", "SSH-184"})
  void aConsumerThatBecomesSlowGivesBackWhatThePathNeeded() {
    try (SimulatedPath path = path(Duration.ofMillis(50), RATE, WindowLimits.DEFAULT)) {
      Channel channel = path.connect();
      sending(path);
      reading(path, new long[1]);
      path.runFor(Duration.ofMillis(1500));
      assertThat(channel.windowSize()).isGreaterThan(4 << 20);

      path.client.onEvent = (side, event) -> {};
      for (int i = 0; i < 900; i++) { // 330 KB/s
        path.runFor(Duration.ofMillis(100));
        ByteBuf data = channel.read();
        if (data != null) {
          data.release();
        }
      }
      assertThat(channel.windowSize()).isEqualTo(WindowLimits.DEFAULT.initial());

      reading(path, new long[1]);
      drain(channel);
      path.runFor(Duration.ofMillis(1500));
      assertThat(channel.windowSize()).isGreaterThan(4 << 20);
    }
  }

  private static void drain(Channel channel) {
    for (ByteBuf data = channel.read(); data != null; data = channel.read()) {
      data.release();
    }
  }

  private static SimulatedPath path(Duration roundTrip, long rate, WindowLimits windows) {
    return new SimulatedPath(roundTrip, rate, windows, RekeyPolicy.DEFAULT);
  }

  /** Lets the server send for ever on the client's channel. */
  private static Channel sending(SimulatedPath path) {
    Channel channel = path.accepted();
    path.server.onEvent =
        (side, event) -> {
          if (SimulatedPath.channel(event, ChannelEvent.OutputReady.class) != null) {
            fill(channel);
          }
        };
    fill(channel);
    return channel;
  }

  private static void fill(Channel channel) {
    while (channel.isWritable()) {
      channel.write(ByteBufAllocator.DEFAULT.heapBuffer(BLOCK).writeZero(BLOCK));
    }
  }

  /** Lets the client read whatever comes at once. */
  private static void reading(SimulatedPath path, long[] received) {
    path.client.onEvent =
        (side, event) -> {
          Channel channel = SimulatedPath.channel(event, ChannelEvent.InputReady.class);
          if (channel != null) {
            for (ByteBuf data = channel.read(); data != null; data = channel.read()) {
              received[0] += data.readableBytes();
              data.release();
            }
          }
        };
  }
}
