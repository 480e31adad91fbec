package dev.sluice.ftp.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.transport.AnswerMemory;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client asked for and does not take counts against the memory of all connections. */
final class SlowReaderIT {
  private static final int OCTETS = 32 << 20;

  @TempDir private Path root;

  @ParameterizedTest
  @ValueSource(strings = {"TYPE A", "MODE B"})
  void aDownloadThatNobodyCollectsCountsUntilItIsCutOff(String format) throws IOException {
    byte[] content = new byte[OCTETS];
    new Random(1).nextBytes(content);
    Files.write(root.resolve("file"), content);
    long before = AnswerMemory.process().held();
    try (TestServer server = new TestServer(root);
        FtpTalk talk = server.login()) {
      talk.expect(200, format);
      try (Socket data = talk.passive()) {
        assertThat(talk.say("RETR file").code()).isIn(125, 150); // whether it has arrived by then
        keepOn(talk, () -> AnswerMemory.process().held() > before);
        assertThat(data.isConnected()).isTrue();
      }
      assertThat(talk.hear().code()).isEqualTo(426);
      keepOn(talk, () -> AnswerMemory.process().held() <= before);
    }
  }

  /** A round trip at a time, until something is seen. */
  private static void keepOn(FtpTalk talk, BooleanSupplier seen) {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!seen.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(end);
      talk.expect(200, "NOOP");
    }
  }
}
