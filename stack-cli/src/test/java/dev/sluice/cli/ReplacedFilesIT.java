package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.tls.test.TestCertificates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A running server says which files of keys it has read again, and which it refuses. */
final class ReplacedFilesIT {
  private static final TestCertificates CERTIFICATES = new TestCertificates();

  @TempDir Path home;
  private Path served;

  @BeforeEach
  void prepare() throws IOException {
    served = Files.createDirectory(home.resolve("served"));
    Files.writeString(served.resolve("f"), "x");
  }

  @Test
  void aCertificateTellsItsDaysAtTheStartAndWhenItIsReplaced() throws Exception {
    TestCertificates.PemFiles files = CERTIFICATES.write(home);
    TestCertificates.PemFiles fresh = CERTIFICATES.write(Files.createDirectory(home.resolve("n")));
    try (SluiceProcess server =
        serve(
            "--listen",
            "ftpes://127.0.0.1:0",
            "--tls-cert",
            files.certificate().toString(),
            "--tls-key",
            files.key().toString())) {
      server.ready();
      assertThat(server.err())
          .containsPattern("certificate with key sha256/\\S+ \\(.*\\d+ more days");

      Files.writeString(files.certificate(), "no certificate");
      String refused = "the certificate stays as it was: " + files.certificate() + ": ";
      SluiceProcess.await(() -> server.err().contains(refused));

      Files.copy(fresh.key(), files.key(), StandardCopyOption.REPLACE_EXISTING);
      Files.copy(fresh.certificate(), files.certificate(), StandardCopyOption.REPLACE_EXISTING);
      SluiceProcess.await(() -> server.err().contains(files.certificate() + " was read again"));
      assertThat(Pattern.compile("more days").matcher(server.err()).results().count())
          .isGreaterThanOrEqualTo(2);
    }
  }

  @Test
  void keysThatWereChangedAreReadAgainAndFilesThatOthersCanChangeAreRefused() throws Exception {
    Path key = home.resolve("key");
    assertThat(keygen(key)).isZero();
    Path authorized = home.resolve("authorized");
    Files.copy(home.resolve("key.pub"), authorized);
    Files.setPosixFilePermissions(authorized, PosixFilePermissions.fromString("rw-------"));
    try (SluiceProcess server =
        serve(
            "--listen",
            "sftp://127.0.0.1:0",
            "--host-keys",
            home.resolve("keys").toString(),
            "--authorized-keys",
            "bob=" + authorized)) {
      String url = server.ready().get(0).replace("sftp://", "sftp://bob@") + "/f";
      assertThat(list(key, url)).isZero();
      assertThat(server.err()).doesNotContain("read again");

      Files.writeString(
          authorized, Files.readString(home.resolve("key.pub")) + "not a key at all\n");
      assertThat(list(key, url)).isZero();
      String again = "the keys in " + authorized + " were read again: 1 let somebody in, 1 lines";
      SluiceProcess.await(() -> server.err().contains(again));

      Files.setPosixFilePermissions(authorized, PosixFilePermissions.fromString("rw-rw-rw-"));
      assertThat(list(key, url)).isNotZero();
      SluiceProcess.await(
          () -> server.err().contains(authorized + " is refused and lets nobody in: "));
    }
  }

  private SluiceProcess serve(String... more) {
    String[] arguments = new String[more.length + 5];
    arguments[0] = "serve";
    arguments[1] = "--root";
    arguments[2] = served.toString();
    arguments[3] = "--user";
    arguments[4] = "ann:pw";
    System.arraycopy(more, 0, arguments, 5, more.length);
    return SluiceProcess.start(home, arguments);
  }

  private int list(Path key, String url) throws InterruptedException {
    return SluiceProcess.run(home, "ls", "--insecure-host-key", "-i", key.toString(), url);
  }

  private static int keygen(Path key) throws Exception {
    return new ProcessBuilder("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key.toString())
        .start()
        .waitFor();
  }
}
