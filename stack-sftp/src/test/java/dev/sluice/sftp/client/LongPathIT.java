package dev.sluice.sftp.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.ByteRange;
import dev.sluice.api.RemotePath;
import dev.sluice.api.WriteMode;
import dev.sluice.sftp.SftpSession;
import dev.sluice.sftp.peer.client.JailedSshd;
import dev.sluice.sftp.test.Relay;
import dev.sluice.test.Conforms;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;

/**
 * How much one transfer puts under way on a long path of 400 Mbit/s, with OpenSSH's server at its
 * end: the path is stopped, and what comes until nothing more comes is counted. The speed of the
 * machine does not matter then.
 */
final class LongPathIT {
  private static final Duration WAIT = Duration.ofMinutes(1);
  private static final Duration QUIET = Duration.ofSeconds(3);
  private static final long BITS_PER_SECOND = 400_000_000;
  private static final long OCTETS = 64L << 20;
  private static final RemotePath FILE = RemotePath.of("/file");

  /** What OpenSSH's server lets a client send before it has answered. */
  private static final long SERVER_WINDOW = 2L << 20;

  private static JailedSshd server;

  @BeforeAll
  static void start() throws IOException {
    server = JailedSshd.start();
    try (RandomAccessFile sparse =
        new RandomAccessFile(server.root().resolve("file").toFile(), "rw")) {
      sparse.setLength(OCTETS);
    }
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {50, 100, 150})
  @Conforms("SFTP-057")
  void aDownloadFillsThePathFromItsStart(int millis) {
    long pathHolds = BITS_PER_SECOND / 8 * millis / 1000;
    try (Relay relay = path(millis)) {
      SftpSession session = server.client().port(relay.port()).connectSftp().block(WAIT);
      AtomicLong received = new AtomicLong();
      CompletableFuture<Void> done =
          session
              .read(FILE, ByteRange.all())
              .doOnNext(
                  data -> {
                    received.addAndGet(data.readableBytes());
                    data.release();
                    relay.hold();
                  })
              .then()
              .toFuture();

      assertThat(atRest(relay::underWayBack, pathHolds)).isGreaterThanOrEqualTo(pathHolds);

      relay.goOn();
      done.orTimeout(WAIT.toSeconds(), TimeUnit.SECONDS).join();
      assertThat(received).hasValue(OCTETS);
      session.close().block(WAIT);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {50, 100, 150})
  @Conforms("SFTP-057")
  void anUploadFillsTheWindowOfTheServer(int millis) throws IOException {
    ByteBuf block = Unpooled.directBuffer().writeZero(256 * 1024);
    try (Relay relay = path(millis)) {
      SftpSession session = server.client().port(relay.port()).connectSftp().block(WAIT);
      long before = relay.sent();
      CompletableFuture<Void> done =
          session
              .write(
                  RemotePath.of("/up"),
                  WriteMode.replace(),
                  Flux.range(0, (int) (OCTETS / block.readableBytes()))
                      .map(
                          i -> {
                            relay.hold();
                            return block.retainedDuplicate();
                          }))
              .toFuture();

      long most = SERVER_WINDOW * 15 / 16;
      assertThat(atRest(() -> relay.sent() - before, most)).isGreaterThanOrEqualTo(most);

      relay.goOn();
      done.orTimeout(WAIT.toSeconds(), TimeUnit.SECONDS).join();
      session.close().block(WAIT);
    } finally {
      block.release();
    }
    assertThat(Files.size(server.root().resolve("up"))).isEqualTo(OCTETS);
  }

  private static Relay path(int millis) {
    return Relay.to(server.port(), Duration.ofMillis(millis), BITS_PER_SECOND);
  }

  /** The count, once it is {@code enough} or has not grown for a while. */
  private static long atRest(LongSupplier count, long enough) {
    long last = -1;
    long grownAt = System.nanoTime();
    while (last < enough && System.nanoTime() - grownAt < QUIET.toNanos()) {
      long now = count.getAsLong();
      if (now > last) {
        last = now;
        grownAt = System.nanoTime();
      }
      LockSupport.parkNanos(1_000_000);
    }
    return last;
  }
}
