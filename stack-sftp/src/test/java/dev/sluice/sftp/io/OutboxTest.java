package dev.sluice.sftp.io;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.sftp.SftpVersion;
import dev.sluice.sftp.message.Dialect;
import dev.sluice.sftp.message.Init;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Packets that wait for their channel. */
final class OutboxTest {
  private static final int PACKETS = 100_000;

  /** As thousands of uploads do that wait for room. */
  @Test
  void whatIsAddedWhenOctetsHaveLeftFollowsWithoutGoingDeeper() {
    AtomicReference<Outbox> self = new AtomicReference<>();
    AtomicInteger added = new AtomicInteger();
    AtomicInteger sent = new AtomicInteger();
    Outbox outbox =
        new Outbox(
            ByteBufAllocator.DEFAULT,
            () -> {
              if (added.incrementAndGet() < PACKETS) {
                self.get().add(new Init(3), Dialect.of(SftpVersion.V3));
              } else {
                self.get().complete();
              }
            });
    self.set(outbox);
    AtomicInteger ends = new AtomicInteger();
    outbox.doOnComplete(ends::incrementAndGet).subscribe(data -> count(data, sent));

    outbox.add(new Init(3), Dialect.of(SftpVersion.V3));

    assertThat(sent).hasValue(PACKETS);
    assertThat(ends).hasValue(1);
    assertThat(outbox.octets()).isZero();
  }

  private static void count(ByteBuf data, AtomicInteger sent) {
    data.release();
    sent.incrementAndGet();
  }
}
