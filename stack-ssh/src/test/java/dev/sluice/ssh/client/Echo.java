package dev.sluice.ssh.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.ssh.SshChannel;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.Random;
import java.util.zip.CRC32C;
import reactor.core.publisher.Flux;

/** Sends octets to whoever sends them back, both ways at once, and compares their checksums. */
final class Echo {
  private static final Duration WAIT = Duration.ofMinutes(3);
  private static final int BLOCK = 32 * 1024;

  private Echo() {}

  /** Moves this many MiB over a channel that sends back what it gets, and ends it. */
  static void moves(int mebibytes, SshChannel channel) {
    CRC32C sent = new CRC32C();
    CRC32C received = new CRC32C();
    long[] octets = {0};
    channel
        .send(Flux.range(0, mebibytes * 32).map(i -> block(i, sent)))
        .then(channel.endOutput())
        .subscribe();

    channel
        .input()
        .doOnNext(
            data -> {
              octets[0] += data.readableBytes();
              received.update(data.nioBuffer());
              data.release();
            })
        .blockLast(WAIT);

    assertThat(octets[0]).isEqualTo((long) mebibytes << 20);
    assertThat(received.getValue()).isEqualTo(sent.getValue());
  }

  private static ByteBuf block(int seed, CRC32C sum) {
    byte[] octets = new byte[BLOCK];
    new Random(seed).nextBytes(octets);
    sum.update(octets);
    return Unpooled.wrappedBuffer(octets);
  }
}
