package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ServeIT {
  @TempDir Path home;

  @Test
  void withoutArgumentsItMakesADirectoryAndAUserAndTakesAFreePort() throws Exception {
    try (SluiceProcess server = SluiceProcess.start(home, "serve")) {
      String address = server.ready().get(0);
      String password = server.out().lines().findFirst().orElseThrow().split("password ")[1];

      assertThat(server.out()).containsOnlyOnce(password);
      assertThat(
              SluiceProcess.run(
                  home, "ls", address.replace("ftp://", "ftp://sluice:" + password + "@")))
          .isZero();
      assertThat(home.resolve("sluice-data")).isDirectory();
    }
  }

  @Test
  void sigtermEndsItCleanlyWithASessionOpen() throws Exception {
    try (SluiceProcess server = SluiceProcess.start(home, "serve")) {
      server.ready();
      long begun = System.nanoTime();
      server.signal("TERM");

      assertThat(server.status()).isZero();
      assertThat(System.nanoTime() - begun).isLessThan(10_000_000_000L);
    }
  }

  @Test
  void aPortThatIsTakenIsToldInOneLine() throws Exception {
    try (SluiceProcess first = SluiceProcess.start(home, "serve")) {
      String taken = first.ready().get(0);
      try (SluiceProcess second = SluiceProcess.start(home, "serve", "--listen", taken)) {
        assertThat(second.status()).isEqualTo(3);
        assertThat(second.err().lines()).hasSize(1);
        assertThat(second.out()).isEmpty();
      }
    }
  }

  @Test
  void wrongArgumentsAreWrongUsage() throws Exception {
    assertThat(SluiceProcess.run(home, "serve", "--listen", "http://127.0.0.1:1")).isEqualTo(2);
    assertThat(SluiceProcess.run(home, "serve", "--user", "nocolon")).isEqualTo(2);
    assertThat(SluiceProcess.run(home, "serve", "--root", "missing")).isEqualTo(2);
    assertThat(SluiceProcess.run(home, "serve", "--passive-ports", "9-1")).isEqualTo(2);
  }

  @Test
  void severalAddressesServeTheSameFilesAndReadOnlyMeansIt() throws Exception {
    Files.writeString(home.resolve("f"), "x");
    try (SluiceProcess server =
        SluiceProcess.start(
            home,
            "serve",
            "--root",
            home.toString(),
            "--read-only",
            "--anonymous",
            "--user",
            "ann:pw",
            "--listen",
            "ftp://127.0.0.1:0",
            "--listen",
            "ftp://127.0.0.1:0")) {
      List<String> addresses = server.ready();

      assertThat(addresses).hasSize(2).doesNotHaveDuplicates();
      assertThat(SluiceProcess.run(home, "get", addresses.get(0) + "/f", "guest")).isZero();
      String ann = addresses.get(1).replace("ftp://", "ftp://ann:pw@");
      assertThat(SluiceProcess.run(home, "get", ann + "/f", "ann")).isZero();
      assertThat(SluiceProcess.run(home, "put", "f", ann + "/g")).isEqualTo(5);
    }
    assertThat(home.resolve("guest")).hasContent("x");
    assertThat(home.resolve("g")).doesNotExist();
  }
}
