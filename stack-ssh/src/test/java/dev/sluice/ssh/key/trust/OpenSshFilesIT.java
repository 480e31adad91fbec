package dev.sluice.ssh.key.trust;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.ssh.key.Certificate;
import dev.sluice.ssh.key.CertificateCheck;
import dev.sluice.ssh.key.Ed25519PrivateKey;
import dev.sluice.ssh.key.SshPublicKey;
import dev.sluice.ssh.peer.Run;
import dev.sluice.ssh.peer.Scratch;
import dev.sluice.test.Conforms;
import dev.sluice.test.FixedRandom;
import dev.sluice.test.peer.Peers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files and certificates that ssh-keygen makes, and ours before its eyes. */
final class OpenSshFilesIT {
  private static final SshPublicKey KEY =
      Ed25519PrivateKey.generate(new FixedRandom(1)).publicKey();

  @Test
  @Conforms("SSH-171")
  void aFileThatSshKeygenHashedSaysTheSame() throws IOException {
    Peers.require("ssh-keygen");
    try (Scratch scratch = Scratch.create("hosts")) {
      Path file =
          scratch.write(
              "known_hosts",
              KnownHosts.line("a.example", 22, KEY)
                  + "\n"
                  + KnownHosts.line("b.example", 2222, KEY)
                  + "\n");
      keygen(scratch, "-H", "-f", file.toString());
      String hashed = Files.readString(file);
      KnownHosts hosts = KnownHosts.parse(hashed);

      assertThat(hashed).doesNotContain("example");
      assertThat(hosts.verdict("a.example", 22, KEY, 0)).isEqualTo(HostKeyVerdict.MATCH);
      assertThat(hosts.verdict("b.example", 2222, KEY, 0)).isEqualTo(HostKeyVerdict.MATCH);
      assertThat(hosts.verdict("b.example", 22, KEY, 0)).isEqualTo(HostKeyVerdict.UNKNOWN);
    }
  }

  @Test
  @Conforms("SSH-171")
  void sshKeygenFindsTheLinesWrittenHere() {
    Peers.require("ssh-keygen");
    try (Scratch scratch = Scratch.create("hosts")) {
      String line = KnownHosts.hashedLine("b.example", 2222, KEY, new FixedRandom(2));
      Path file = scratch.write("known_hosts", line + "\n");

      assertThat(keygen(scratch, "-F", "[b.example]:2222", "-f", file.toString()).stdout())
          .contains(KeyText.format(KEY));
    }
  }

  @ParameterizedTest
  @CsvSource({"ed25519, ed25519", "ed25519, rsa", "rsa, ecdsa", "ecdsa, ed25519", "rsa, rsa"})
  @Conforms({"SSH-095", "SSH-097"})
  void certificatesThatSshKeygenSignsAreValid(String authorityType, String type)
      throws IOException {
    Peers.require("ssh-keygen");
    long now = Instant.now().getEpochSecond();
    try (Scratch scratch = Scratch.create("certificates")) {
      keygen(scratch, "-t", authorityType, "-f", scratch.file("ca").toString(), "-N", "");
      keygen(scratch, "-t", type, "-f", scratch.file("key").toString(), "-N", "");
      sign(scratch, "-n", "ann,bob", "-V", "+1h", "-O", "force-command=internal-sftp");
      Certificate user = certificate(scratch);
      sign(scratch, "-h", "-n", "host.example", "-V", "+1h");
      Certificate host = certificate(scratch);

      assertThat(user.principals()).containsExactly("ann", "bob");
      assertThat(user.criticalOptions()).containsEntry("force-command", "internal-sftp");
      assertThat(CertificateCheck.refusal(user, Certificate.Role.USER, now)).isEmpty();
      assertThat(CertificateCheck.refusal(host, Certificate.Role.HOST, now)).isEmpty();
      String authority = Files.readString(scratch.file("ca.pub"));
      assertThat(
              KnownHosts.parse("@cert-authority *.example " + authority)
                  .verdict("host.example", 22, host, now))
          .isEqualTo(HostKeyVerdict.MATCH);
      assertThat(AuthorizedKeys.parse("cert-authority " + authority).linesFor(user, "bob"))
          .hasSize(1);
    }
  }

  private static void sign(Scratch scratch, String... options) {
    List<String> arguments =
        new ArrayList<>(List.of("-s", scratch.file("ca").toString(), "-I", "an id"));
    arguments.addAll(List.of(options));
    arguments.add(scratch.file("key.pub").toString());
    keygen(scratch, arguments.toArray(String[]::new));
  }

  private static Certificate certificate(Scratch scratch) throws IOException {
    String[] fields = Files.readString(scratch.file("key-cert.pub")).split(" ");
    return (Certificate) KeyText.parse(fields[0], fields[1].strip());
  }

  private static Run keygen(Scratch scratch, String... arguments) {
    List<String> command = new ArrayList<>(List.of(Peers.program("ssh-keygen").toString()));
    command.addAll(List.of(arguments));
    return Run.of(command, scratch.base()).requireSuccess();
  }
}
