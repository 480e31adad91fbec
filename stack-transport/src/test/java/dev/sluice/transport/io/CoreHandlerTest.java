package dev.sluice.transport.io;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.transport.ProtocolCore;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.embedded.EmbeddedChannel;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class CoreHandlerTest {
  private static final int BUFFERS = 100;
  private static final int OCTETS = 16;

  @Test
  void allThatACoreHasToSayGoesOutThoughTheChannelTakesLittleAtATime() {
    EmbeddedChannel channel = new EmbeddedChannel();
    channel
        .config()
        .setOption(
            ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(OCTETS, 2 * OCTETS));

    channel.pipeline().addLast(new CoreHandler<>(new Talker(), Listener.NONE));

    int sent = 0;
    for (ByteBuf out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
      sent += out.readableBytes();
      out.release();
    }
    assertThat(sent).isEqualTo(BUFFERS * OCTETS);
    channel.finishAndReleaseAll();
  }

  /** Hears nothing. */
  private enum Listener implements CoreHandler.Listener<String> {
    NONE;

    @Override
    public void onEvent(String event) {}

    @Override
    public void onClosed(@Nullable Throwable cause) {}
  }

  /** Has much to say and waits for nobody. */
  private static final class Talker implements ProtocolCore<String> {
    private int left = BUFFERS;

    @Override
    public void receive(ByteBuf bytes) {}

    @Override
    public void inputClosed() {}

    @Override
    public void tick(long nowNanos) {}

    @Override
    public @Nullable String nextEvent() {
      return null;
    }

    @Override
    public @Nullable ByteBuf nextOutput() {
      return left-- > 0 ? Unpooled.wrappedBuffer(new byte[OCTETS]) : null;
    }

    @Override
    public boolean wantsInput() {
      return true;
    }

    @Override
    public boolean wantsClose() {
      return false;
    }

    @Override
    public long nextDeadlineNanos() {
      return NO_DEADLINE;
    }
  }
}
