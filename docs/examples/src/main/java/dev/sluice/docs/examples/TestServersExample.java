package dev.sluice.docs.examples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.sluice.api.ByteRange;
import dev.sluice.api.FileClient;
import dev.sluice.api.FileSession;
import dev.sluice.api.RemotePath;
import dev.sluice.client.Contents;
import dev.sluice.testing.TestServers;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Mono;

/** A test of code that must survive a broken line. */
public final class TestServersExample {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final int SIZE = 1 << 20;

  @RegisterExtension static final TestServers servers = TestServers.create().user("ann", "secret");

  @Test
  void aDownloadThatIsCutIsTriedAgain() {
    servers.files().write("/in.bin", new byte[SIZE]);
    servers.cutOnceAfter(SIZE / 2);

    Mono<byte[]> content = download(servers.sftp().client(), "/in.bin").retry(1);

    assertArrayEquals(new byte[SIZE], content.block(LIMIT));
  }

  private static Mono<byte[]> download(FileClient client, String file) {
    return Mono.usingWhen(
        client.connect(),
        session -> Contents.bytes(session.read(RemotePath.of(file), ByteRange.all()), SIZE),
        FileSession::close);
  }
}
