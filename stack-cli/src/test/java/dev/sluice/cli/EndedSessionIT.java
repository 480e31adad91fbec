package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.copy.TransferOptions;
import dev.sluice.test.FixedRandom;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A session that ends in the middle of one file is begun again, and the file with it. */
final class EndedSessionIT {
  private static final int SIZE = 8 << 20;
  private static final int CARRIED = 4 << 20;

  @TempDir Path home;
  private Path served;
  private SluiceProcess server;

  @BeforeEach
  void serve() throws IOException {
    served = Files.createDirectory(home.resolve("served"));
    byte[] octets = new byte[SIZE];
    new FixedRandom(7).nextBytes(octets);
    Files.write(served.resolve("there"), octets);
    Files.write(home.resolve("here"), octets);
    server =
        SluiceProcess.start(
            home,
            "serve",
            "--root",
            served.toString(),
            "--user",
            "ann:pw",
            "--listen",
            "sftp://127.0.0.1:0",
            "--host-keys",
            home.resolve("keys").toString());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain", "resume"})
  void aDownloadGoesOn(String way) throws Exception {
    try (Cutter cutter = new Cutter(port(), 1, CARRIED)) {
      assertThat(run(way, "get", cutter.url("there"), "got")).isZero();

      assertThat(home.resolve("got")).hasSameBinaryContentAs(served.resolve("there"));
      assertThat(cutter.connections()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain", "resume"})
  void anUploadGoesOn(String way) throws Exception {
    try (Cutter cutter = new Cutter(port(), 1, CARRIED)) {
      assertThat(run(way, "put", "here", cutter.url("put"))).isZero();

      assertThat(served.resolve("put")).hasSameBinaryContentAs(home.resolve("here"));
      assertThat(cutter.connections()).isEqualTo(2);
    }
  }

  @Test
  void aSessionThatAlwaysEndsIsGivenUp() throws Exception {
    try (Cutter cutter = new Cutter(port(), Integer.MAX_VALUE, CARRIED)) {
      assertThat(run("plain", "get", cutter.url("there"), "got")).isNotZero();

      assertThat(home.resolve("got")).doesNotExist();
      assertThat(cutter.connections()).isEqualTo(1 + TransferOptions.RETRIES);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"sync", "get"})
  void aLoginThatIsCutIsBegunAgain(String command) throws Exception {
    Files.createDirectory(home.resolve("copy"));
    try (Cutter cutter = new Cutter(port(), 2, 0)) {
      String source = cutter.url(command.equals("get") ? "there" : "");
      String target = command.equals("get") ? "copy/there" : "copy";

      assertThat(run("plain", command, source, target)).isZero();

      assertThat(home.resolve("copy/there")).hasSameBinaryContentAs(served.resolve("there"));
      assertThat(cutter.connections()).isEqualTo(3);
    }
  }

  @Test
  void whatOnlyLooksTriesOnce() throws Exception {
    try (Cutter cutter = new Cutter(port(), 1, 0)) {
      assertThat(run("plain", "ls", cutter.url(""))).isNotZero();
      assertThat(cutter.connections()).isEqualTo(1);
    }
  }

  private int port() {
    String url = server.ready().get(0);
    return Integer.parseInt(url.substring(url.lastIndexOf(':') + 1));
  }

  private int run(String way, String command, String... arguments) throws InterruptedException {
    List<String> all = new CopyOnWriteArrayList<>(List.of(command, "--insecure-host-key"));
    if (way.equals("resume")) {
      all.add("--resume");
    }
    all.addAll(List.of(arguments));
    return SluiceProcess.run(home, all.toArray(String[]::new));
  }
}
