package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.BoundServer;
import dev.sluice.ftp.server.FtpServer;
import dev.sluice.storage.local.LocalStorage;
import dev.sluice.test.FixedRandom;
import dev.sluice.transport.door.StaticUsers;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CutTransferIT {
  private static final int SIZE = 24 << 20;
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @TempDir Path home;
  private Path served;
  private Path target;
  private BoundServer server;
  private String url;

  @BeforeEach
  void serve() throws IOException {
    served = Files.createDirectory(home.resolve("served"));
    target = Files.createDirectory(home.resolve("target"));
    byte[] octets = new byte[SIZE];
    new FixedRandom(7).nextBytes(octets);
    Files.write(served.resolve("big"), octets);
    server =
        FtpServer.create()
            .host("127.0.0.1")
            .port(0)
            .storage(new SlowStorage(LocalStorage.at(served), Duration.ofMillis(30)))
            .users(StaticUsers.of("ann", "pw"))
            .bind()
            .block(LIMIT);
    url = "ftp://ann:pw@127.0.0.1:" + server.address().getPort();
  }

  @AfterEach
  void stop() {
    server.close().block(LIMIT);
  }

  @Test
  void anInterruptedDownloadLeavesNothingAndClosesItsSession() throws Exception {
    try (RandomAccessFile endless = new RandomAccessFile(served.resolve("big").toFile(), "rw")) {
      endless.setLength(1L << 30);
    }
    try (SluiceProcess get = SluiceProcess.start(home, "get", url + "/big", target + "/big")) {
      SluiceProcess.await(() -> octetsIn(target) > 1_000_000);
      get.signal("INT");

      assertThat(get.status()).isEqualTo(130);
    }
    assertThat(target).isEmptyDirectory();
    SluiceProcess.await(() -> server.sessions() == 0);
  }

  @Test
  void aKilledDownloadGoesOnWhereItWasCut() throws Exception {
    Path partial = target.resolve("big.part");
    try (SluiceProcess get =
        SluiceProcess.start(home, "get", "--resume", url + "/big", target + "/big")) {
      SluiceProcess.await(() -> octetsIn(target) > 4_000_000);
      get.signal("KILL");
      get.status();
    }
    assertThat(target.resolve("big")).doesNotExist();
    long kept = Files.size(partial);

    try (SluiceProcess get =
        SluiceProcess.start(home, "get", "-v", "--resume", url + "/big", target + "/big")) {
      assertThat(get.status()).as(get.err()).isZero();
      assertThat(get.err()).contains("> REST " + kept);
    }
    assertThat(target.resolve("big")).hasSameBinaryContentAs(served.resolve("big"));
    assertThat(partial).doesNotExist();
  }

  @Test
  void aSmallerFileUnderTheFinalNameCountsAsTheBeginning() throws Exception {
    byte[] half = new byte[SIZE / 2];
    new FixedRandom(7).nextBytes(half);
    Files.write(target.resolve("big"), half);

    try (SluiceProcess get =
        SluiceProcess.start(home, "get", "-v", "--resume", url + "/big", target + "/big")) {
      assertThat(get.status()).as(get.err()).isZero();
      assertThat(get.err()).contains("> REST " + half.length);
    }
    assertThat(target.resolve("big")).hasSameBinaryContentAs(served.resolve("big"));
  }

  private static long octetsIn(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      List<Path> all = files.toList();
      long sum = 0;
      for (Path file : all) {
        sum += Files.size(file);
      }
      return sum;
    } catch (IOException e) {
      return 0;
    }
  }
}
