package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that a document describes, as a process. */
final class ServeDocumentIT {
  private static final String HASH =
      OpenBSDBCrypt.generate("secret".toCharArray(), new byte[16], 4);

  @TempDir Path home;

  @Test
  void aDocumentIsCheckedWithoutServing() throws Exception {
    write("ann", "drain: 1m\n");
    try (SluiceProcess check = SluiceProcess.start(home, "serve", "-c", "s.yaml", "--check")) {
      assertThat(check.status()).isZero();
      assertThat(check.out())
          .isEqualTo("s.yaml is in order: 2 listeners, 1 user, 0 groups, 0 hooks\n");
    }
  }

  @Test
  void everyFaultIsALineAndTheUsageWasWrong() throws Exception {
    write("ann", "drain: soon\nlimits: { sesions: 3 }\n");
    try (SluiceProcess check = SluiceProcess.start(home, "serve", "--check", "-c", "s.yaml")) {
      assertThat(check.status()).isEqualTo(2);
      assertThat(check.err().lines())
          .containsExactly(
              "s.yaml:7: drain: \"soon\" is no time; write 30s, 500ms, 10m, 1h or 7d",
              "s.yaml:8: limits.sesions: there is no such key; did you mean sessions?");
      assertThat(check.out()).isEmpty();
    }
  }

  @Test
  void thePrintedDocumentIsADocument() throws Exception {
    write("ann", "");
    try (SluiceProcess print =
        SluiceProcess.start(home, "serve", "-c", "s.yaml", "--print-config")) {
      assertThat(print.status()).isZero();
      Files.writeString(home.resolve("printed.yaml"), print.out());
    }
    assertThat(SluiceProcess.run(home, "serve", "--check", "-c", "printed.yaml")).isZero();
  }

  @Test
  void optionsThatBelongIntoTheDocumentAreRefused() throws Exception {
    write("ann", "");
    assertThat(SluiceProcess.run(home, "serve", "-c", "s.yaml", "--listen", "ftp://127.0.0.1:0"))
        .isEqualTo(2);
    assertThat(SluiceProcess.run(home, "serve", "--check")).isEqualTo(2);
  }

  @Test
  void sighupReadsTheDocumentAgainAndSigtermEndsInOrder() throws Exception {
    write("ann", "");
    try (SluiceProcess server = SluiceProcess.start(home, "serve", "-c", "s.yaml")) {
      String ftp = server.ready().get(0);
      assertThat(SluiceProcess.run(home, "ls", as("ann", ftp))).isZero();

      write("bob", "");
      server.signal("HUP");
      SluiceProcess.await(() -> server.err().contains("reloaded: 2 listeners, 1 user"));
      assertThat(SluiceProcess.run(home, "ls", as("bob", ftp))).isZero();
      assertThat(SluiceProcess.run(home, "ls", as("ann", ftp))).isEqualTo(4);

      write("bob", "drain: soon\n");
      SluiceProcess.await(() -> server.err().contains("all stays as it was"));
      assertThat(SluiceProcess.run(home, "ls", as("bob", ftp))).isZero();

      server.signal("TERM");
      assertThat(server.status()).isZero();
    }
  }

  private static String as(String user, String url) {
    return url.replace("://", "://" + user + ":secret@");
  }

  private void write(String user, String more) throws IOException {
    Path file = home.resolve("s.yaml.new");
    Files.writeString(
        file,
        """
        listeners:
          - url: ftp://127.0.0.1:0
          - url: sftp://127.0.0.1:0
        hostKeys: keys
        users:
          - { name: %s, home: '%s', password: '%s' }
        """
                .formatted(user, home, HASH)
            + more);
    Files.move(file, home.resolve("s.yaml"), StandardCopyOption.REPLACE_EXISTING);
  }
}
