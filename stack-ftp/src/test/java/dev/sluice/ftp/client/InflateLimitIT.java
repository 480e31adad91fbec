package dev.sluice.ftp.client;

import static dev.sluice.ftp.client.RealServers.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.ByteRange;
import dev.sluice.api.LimitExceeded;
import dev.sluice.api.RemotePath;
import dev.sluice.ftp.FtpSession;
import dev.sluice.ftp.InflateLimit;
import dev.sluice.ftp.TransferFormat;
import dev.sluice.ftp.TransferMode;
import dev.sluice.ftp.server.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** How far a compressed download may grow is the caller's to say. */
final class InflateLimitIT {
  private static final int OCTETS = 20 << 20;

  @TempDir private Path root;

  @Test
  void aDownloadThatGrowsBeyondItsRatioFailsAndWithinItArrives() throws IOException {
    Files.write(root.resolve("zeros"), new byte[OCTETS]);
    try (TestServer server = new TestServer(root)) {
      StepVerifier.create(octets(server, new InflateLimit(Long.MAX_VALUE, 100)))
          .expectErrorSatisfies(
              error ->
                  assertThat(error)
                      .isInstanceOf(LimitExceeded.class)
                      .hasMessageContaining("100 to 1"))
          .verify(PATIENCE);
      StepVerifier.create(octets(server, new InflateLimit(Long.MAX_VALUE, 1100)))
          .expectNext((long) OCTETS)
          .expectComplete()
          .verify(PATIENCE);
    }
  }

  @Test
  void aDownloadThatGrowsBeyondItsSizeFails() throws IOException {
    Files.write(root.resolve("zeros"), new byte[OCTETS]);
    try (TestServer server = new TestServer(root)) {
      StepVerifier.create(octets(server, new InflateLimit(1 << 20, 1100)))
          .expectErrorSatisfies(
              error ->
                  assertThat(error)
                      .isInstanceOf(LimitExceeded.class)
                      .hasMessageContaining("1048576"))
          .verify(PATIENCE);
    }
  }

  private static Mono<Long> octets(TestServer server, InflateLimit limit) {
    FtpSession session =
        RealServers.connect(
            FtpClient.create("127.0.0.1")
                .port(server.address().getPort())
                .credentials(TestServer.USER, TestServer.PASSWORD)
                .data(d -> d.withFormat(TransferFormat.PLAIN.withMode(TransferMode.DEFLATE)))
                .limits(l -> l.withInflate(limit)));
    return session
        .read(RemotePath.of("/zeros"), ByteRange.all())
        .map(
            buffer -> {
              long octets = buffer.readableBytes();
              buffer.release();
              return octets;
            })
        .reduce(0L, Long::sum)
        .flatMap(octets -> session.close().thenReturn(octets));
  }
}
