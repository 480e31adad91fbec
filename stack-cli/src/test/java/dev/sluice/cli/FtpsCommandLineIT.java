package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.test.Conforms;
import dev.sluice.tls.PeerVerification;
import dev.sluice.tls.PemFiles;
import dev.sluice.tls.test.TestCertificates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FtpsCommandLineIT {
  private static final TestCertificates CERTIFICATES = new TestCertificates();
  private static final Pattern PIN = Pattern.compile("sha256/\\S+(?=\\s)");

  @TempDir Path home;
  private Path served;
  private TestCertificates.PemFiles files;
  private SluiceProcess server;
  private String clear;
  private String explicit;
  private String implicit;

  @BeforeEach
  void serve() throws IOException {
    served = Files.createDirectory(home.resolve("served"));
    Files.writeString(served.resolve("f"), "x");
    files = CERTIFICATES.write(home);
    server =
        served(
            List.of(
                "--tls-cert", files.certificate().toString(), "--tls-key", files.key().toString()),
            "ftp",
            "ftpes",
            "ftps");
    clear = server.ready().get(0).replace("ftp://", "ftp://ann:pw@") + "/f";
    explicit = server.ready().get(1).replace("ftpes://", "ftpes://ann:pw@") + "/f";
    implicit = server.ready().get(2).replace("ftps://", "ftps://ann:pw@") + "/f";
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  @Conforms({"FTP-202", "FTP-203"})
  void bothWaysOfTlsMoveFilesForWhoTrustsTheAuthority() throws Exception {
    for (String url : List.of(explicit, implicit, clear.replace("ftp://", "ftpes://"))) {
      assertThat(run("get", "--tls-ca", files.authority().toString(), url, "got")).isZero();
      assertThat(home.resolve("got")).hasContent("x");
      assertThat(run("put", "--tls-ca", files.authority().toString(), "got", url)).isZero();
    }
  }

  @Test
  void whatWasAgreedIsShown() throws Exception {
    try (SluiceProcess list =
        SluiceProcess.start(home, "ls", "-v", "--tls-ca", files.authority().toString(), implicit)) {
      assertThat(list.status()).as(list.err()).isZero();
      assertThat(list.err()).contains("security: TLS 1.3 TLS_AES_").doesNotContain("pw");
    }
  }

  @Test
  @Conforms({"TLS-068", "TLS-071"})
  void whoIsNotTrustedIsNotTalkedTo() throws Exception {
    assertRefused("ls", explicit);
    assertRefused("ls", implicit);
    String other = PeerVerification.pin(new TestCertificates().authority());
    assertRefused("ls", "--tls-pin", other, implicit);
  }

  @Test
  @Conforms("TLS-071")
  void aPinnedKeyIsTrustedInEveryWayOfWritingIt() throws Exception {
    String pin = pinned(server);
    for (String each : List.of(pin, pin.replace("sha256/", "sha256//"), pin.substring(7))) {
      assertThat(run("ls", "--tls-pin", each, implicit)).isZero();
    }
    assertThat(run("ls", "--tls-pin", "sha256/abc", implicit)).isEqualTo(2);
  }

  @Test
  @Conforms("TLS-068")
  void trustInAnyoneIsWarnedOfOnce() throws Exception {
    try (SluiceProcess list =
        SluiceProcess.start(home, "ls", "--tls-insecure", implicit, explicit)) {
      assertThat(list.status()).as(list.err()).isZero();
      assertThat(list.err()).containsOnlyOnce("WARNING");
    }
  }

  @Test
  void aServerWhoseCertificateIsRevokedIsNotTalkedTo() throws Exception {
    String ca = files.authority().toString();
    X509Certificate shown = PemFiles.certificates(files.certificate()).get(0);
    Path lists = home.resolve("lists.crl");
    Files.write(lists, CERTIFICATES.revocationList(false));
    assertThat(run("ls", "--tls-ca", ca, "--tls-crl", lists.toString(), implicit)).isZero();
    Files.write(lists, CERTIFICATES.revocationList(false, shown));
    assertThat(run("ls", "--tls-ca", ca, "--tls-crl", lists.toString(), implicit)).isEqualTo(3);
    assertThat(run("ls", "--tls-crl", lists.toString(), implicit)).isEqualTo(2);
    assertThat(run("ls", "--tls-ca", ca, "--tls-crl", ca, implicit)).isEqualTo(2);
  }

  @Test
  void optionsThatContradictEachOtherAreWrongUsage() throws Exception {
    String ca = files.authority().toString();
    assertThat(run("ls", "--tls-insecure", "--tls-ca", ca, implicit)).isEqualTo(2);
    assertThat(run("ls", "--tls-ca", files.key().toString(), implicit)).isEqualTo(2);
    assertThat(run("ls", "--tls-ca", ca, "--tls-cert", ca, implicit)).isEqualTo(2);
    assertThat(run("ls", "--tls-ca", ca, clear)).isEqualTo(2);
    assertThat(run("serve", "--tls-cert", ca)).isEqualTo(2);
    assertThat(run("serve", "--tls-cert", ca, "--tls-key", files.key().toString())).isEqualTo(2);
  }

  @Test
  @Conforms({"FTP-204", "FTP-210"})
  void withoutTlsNobodyIsLetInWhereItIsRequired() throws Exception {
    String plain = explicit.replace("ftpes://", "ftp://");
    try (SluiceProcess list = SluiceProcess.start(home, "ls", plain)) {
      assertThat(list.status()).isEqualTo(4);
      assertThat(list.err().lines()).hasSize(1);
    }
    assertThat(run("ls", clear)).isZero();
  }

  @Test
  void aServerWithoutTlsIsTold() throws Exception {
    try (SluiceProcess plain = served(List.of(), "ftp")) {
      String url = plain.ready().get(0).replace("ftp://", "ftpes://ann:pw@");
      assertThat(run("ls", "--tls-insecure", url)).isEqualTo(3);
    }
  }

  @Test
  void aCertificateIsMadeUpWhereNoneIsGivenAndCanBePinned() throws Exception {
    try (SluiceProcess made = served(List.of(), "ftps")) {
      String url = made.ready().get(0).replace("ftps://", "ftps://ann:pw@");
      assertThat(run("get", "--tls-pin", pinned(made), url + "/f", "got")).isZero();
      assertRefused("ls", url);
    }
  }

  @Test
  @Conforms("TLS-075")
  void aCertificateThatIsReplacedIsShownToNewSessions() throws Exception {
    String old = pinned(server);
    Path spare = Files.createDirectory(home.resolve("spare"));
    TestCertificates.PemFiles fresh = CERTIFICATES.write(spare);

    Files.writeString(files.certificate(), "no certificate");
    SluiceProcess.await(() -> server.err().contains("the certificate stays"));
    assertThat(run("ls", "--tls-pin", old, implicit)).isZero();

    Files.move(fresh.key(), files.key(), StandardCopyOption.REPLACE_EXISTING);
    Files.move(fresh.certificate(), files.certificate(), StandardCopyOption.REPLACE_EXISTING);
    SluiceProcess.await(() -> !pinned(server).equals(old));
    assertThat(run("ls", "--tls-pin", pinned(server), implicit)).isZero();
    assertRefused("ls", "--tls-pin", old, implicit);
  }

  private SluiceProcess served(List<String> tls, String... schemes) {
    List<String> arguments =
        new ArrayList<>(List.of("serve", "--root", served.toString(), "--user", "ann:pw"));
    arguments.addAll(tls);
    for (String scheme : schemes) {
      arguments.addAll(List.of("--listen", scheme + "://127.0.0.1:0"));
    }
    return SluiceProcess.start(home, arguments.toArray(new String[0]));
  }

  /** The last key that the server told. */
  private static String pinned(SluiceProcess server) {
    server.ready();
    Matcher matcher = PIN.matcher(server.err());
    String pin = "";
    while (matcher.find()) {
      pin = matcher.group();
    }
    return pin;
  }

  private void assertRefused(String... arguments) throws InterruptedException {
    try (SluiceProcess sluice = SluiceProcess.start(home, arguments)) {
      assertThat(sluice.status()).as(sluice.err()).isEqualTo(3);
      assertThat(sluice.err()).contains("--tls-ca", "--tls-pin");
    }
  }

  private int run(String... arguments) throws InterruptedException {
    return SluiceProcess.run(home, arguments);
  }
}
