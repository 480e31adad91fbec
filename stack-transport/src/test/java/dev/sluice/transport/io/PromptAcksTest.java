package dev.sluice.transport.io;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelOption;
import io.netty.channel.DefaultChannelConfig;
import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.Test;

class PromptAcksTest {

  @Test
  void theSystemIsToldAfterEachReadOfALoginAndThenNoLonger() {
    Socket socket = new Socket();
    for (int i = 0; i < 24; i++) {
      assertThat(socket.told).isEqualTo(i);
      socket.flushInbound();
    }
    assertThat(socket.told).isEqualTo(24);

    socket.flushInbound();

    assertThat(socket.told).isEqualTo(24);
    assertThat(socket.pipeline().get(PromptAcks.class)).isNull();
    socket.finishAndReleaseAll();
  }

  /** Counts how often its option is set. */
  private static final class Socket extends EmbeddedChannel {
    private int told;
    private ChannelConfig config;

    Socket() {
      super(new PromptAcks());
    }

    @Override
    public ChannelConfig config() {
      if (config == null) {
        config =
            new DefaultChannelConfig(this) {
              @Override
              public <T> boolean setOption(ChannelOption<T> option, T value) {
                if (option.name().endsWith("TCP_QUICKACK")) {
                  assertThat(value).isEqualTo(true);
                  told++;
                  return true;
                }
                return super.setOption(option, value);
              }
            };
      }
      return config;
    }
  }
}
