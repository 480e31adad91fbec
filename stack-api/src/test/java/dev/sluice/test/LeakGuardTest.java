package dev.sluice.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.PooledByteBufAllocator;
import org.junit.jupiter.api.Test;

final class LeakGuardTest {
  @Test
  void aLostBufferIsFoundWithThePlaceThatAllocatedIt() {
    lose();

    assertThat(LeakGuard.drain(3))
        .singleElement()
        .asString()
        .contains("ByteBuf", "LeakGuardTest.lose");
  }

  @Test
  void aReleasedBufferIsNoLeak() {
    PooledByteBufAllocator.DEFAULT.buffer(16).release();

    assertThat(LeakGuard.drain(2)).isEmpty();
  }

  private static void lose() {
    PooledByteBufAllocator.DEFAULT.buffer(16).writeByte(1);
  }
}
