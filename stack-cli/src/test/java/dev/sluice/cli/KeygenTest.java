package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.ssh.key.trust.AuthorizedKeys;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys that {@code sluice keygen} makes, read by the tools of OpenSSH and by our own server. */
final class KeygenTest {
  private static final Path SSH_KEYGEN = Path.of("/usr/bin/ssh-keygen");

  @TempDir Path home;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @ParameterizedTest
  @ValueSource(strings = {"ed25519", "ecdsa", "rsa"})
  void sshKeygenReadsItAndItsFingerprintIsTheSame(String type) throws Exception {
    assumeTrue(Files.isExecutable(SSH_KEYGEN), "PEER MISSING: ssh-keygen");
    Path key = home.resolve("key");
    Path secret = Files.writeString(home.resolve("secret"), "pass phrase\n");

    assertThat(run("-t", type, "-C", "ann at work", "--passphrase-file", secret + "", key + ""))
        .as(err.toString())
        .isZero();

    String fingerprint = out.toString().split(" ")[0];
    assertThat(fingerprint).startsWith("SHA256:");
    assertThat(mode(key)).isEqualTo("rw-------");
    assertThat(mode(home.resolve("key.pub"))).isEqualTo("rw-r--r--");
    assertThat(tool("-l", "-f", key + ".pub")).contains(fingerprint, "ann at work");
    assertThat(tool("-y", "-P", "pass phrase", "-f", key + ""))
        .startsWith(Files.readString(home.resolve("key.pub")).split(" ")[0] + " ")
        .contains(Files.readString(home.resolve("key.pub")).split(" ")[1]);
    out.getBuffer().setLength(0);
    assertThat(run("--show", "--passphrase-file", secret + "", key + "")).isZero();
    assertThat(out.toString())
        .startsWith(fingerprint)
        .endsWith(Files.readString(home.resolve("key.pub")));
    assertThat(run("--show", key + "")).isEqualTo(2);
    assertThat(err.toString()).contains("--passphrase-file");
  }

  @Test
  void aServerLetsItIn() throws Exception {
    Path key = home.resolve("key");
    assertThat(run("--no-passphrase", key + "")).isZero();
    Path served = Files.createDirectory(home.resolve("served"));
    Files.writeString(served.resolve("f"), "x");

    AuthorizedKeys keys = AuthorizedKeys.parse(Files.readString(home.resolve("key.pub")));
    try (LiveServers servers = new LiveServers(served, keys)) {
      String url = servers.url("sftp", "/").replace("ann:pw@", "ann@");
      assertThat(servers.run("ls", "-i", key + "", url).out()).isEqualTo("f\n");
    }
  }

  @Test
  void noKeyIsLost() throws IOException {
    Path key = home.resolve("key");
    assertThat(run("--no-passphrase", key + "")).isZero();
    String first = Files.readString(key);

    assertThat(run("--no-passphrase", key + "")).isEqualTo(2);
    assertThat(err.toString()).contains("is there already", "--force");
    assertThat(key).hasContent(first);
    assertThat(run("--no-passphrase", "--force", key + "")).isZero();
    assertThat(Files.readString(key)).isNotEqualTo(first);
    assertThat(mode(key)).isEqualTo("rw-------");
    Files.delete(key);
    assertThat(run("--no-passphrase", key + "")).isEqualTo(2); // the public line is there
    try (var files = Files.list(home)) {
      assertThat(files).containsExactly(home.resolve("key.pub"));
    }
  }

  @Test
  void whatCannotBeMadeIsRefusedWithTheRemedy() {
    String key = home.resolve("key") + "";

    assertThat(run(key)).isEqualTo(2);
    assertThat(run("--no-passphrase", "-b", "256", key)).isEqualTo(2);
    assertThat(run("--no-passphrase", "-t", "rsa", "-b", "1024", key)).isEqualTo(2);
    assertThat(run("--no-passphrase", "-t", "ecdsa", "-b", "255", key)).isEqualTo(2);
    assertThat(run("--no-passphrase", "-C", "a\nb", key)).isEqualTo(2);
    assertThat(run("--no-passphrase", home + "/none/key")).isEqualTo(2);
    assertThat(run("--show", home + "/none")).isEqualTo(2);
    assertThat(err.toString()).contains("--no-passphrase", "--bits", "2048 to 8192", "256, 384");
    assertThat(home).isEmptyDirectory();
  }

  private int run(String... words) {
    List<String> all = new ArrayList<>(List.of("keygen"));
    all.addAll(List.of(words));
    return Main.commandLine(new PrintWriter(out), new PrintWriter(err))
        .execute(all.toArray(String[]::new));
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  private String tool(String... words) throws Exception {
    List<String> command = new ArrayList<>(List.of(SSH_KEYGEN.toString()));
    command.addAll(List.of(words));
    Path printed = Files.createTempFile(home, "tool", ".txt");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(printed.toFile())
            .start();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(printed)).isZero();
    return Files.readString(printed);
  }
}
