package dev.sluice.ssh.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.ssh.Credential;
import dev.sluice.ssh.config.SshConfig;
import dev.sluice.ssh.key.SshPublicKey;
import dev.sluice.ssh.key.file.KeyFileException;
import dev.sluice.ssh.key.trust.KeyText;
import dev.sluice.ssh.peer.PeerAccount;
import dev.sluice.ssh.peer.Run;
import dev.sluice.ssh.peer.Scratch;
import dev.sluice.ssh.peer.Sshd;
import dev.sluice.test.Conforms;
import dev.sluice.test.peer.Peers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Clients as a configuration describes them, with keys in files, and OpenSSH's server. */
final class ConfiguredClientIT {
  private static final Duration WAIT = Duration.ofSeconds(30);
  private static final String PASSPHRASE = "open, key";

  private Scratch scratch;
  private Sshd sshd;

  @BeforeEach
  void start() throws IOException {
    Peers.require("ssh-keygen");
    scratch = Scratch.create("configured");
    keygen("-t", "ed25519", "-f", file("known"), "-N", "");
    keygen("-t", "ed25519", "-f", file("locked"), "-N", PASSPHRASE);
    keygen("-t", "ed25519", "-f", file("certified"), "-N", "");
    keygen("-t", "ed25519", "-f", file("ca"), "-N", "");
    keygen("-s", file("ca"), "-I", "an id", "-n", PeerAccount.NAME, file("certified.pub"));
    sshd =
        Sshd.start(
            List.of(publicKey("known"), publicKey("locked")),
            "TrustedUserCAKeys " + file("ca.pub"));
  }

  @AfterEach
  void stop() {
    sshd.close();
    scratch.close();
  }

  @Test
  @Conforms("SSH-163")
  void theKeysItNamesAreTriedAndThoseThatAreNotThereLeftOut() {
    connect(
        "IdentityFile /nowhere\nIdentityFile "
            + file("locked")
            + "\nIdentityFile "
            + file("known"));

    assertThat(sshd.eventuallyLogs("Accepted publickey for " + PeerAccount.NAME)).isTrue();
  }

  @Test
  @Conforms("SSH-095")
  void aCertificateBesideTheKeyIsShownFirst() {
    connect("IdentityFile " + file("certified"));

    assertThat(sshd.eventuallyLogs("Accepted certificate ID \"an id\"")).isTrue();
  }

  @Test
  @Conforms("SSH-164")
  void anEncryptedFileIsOpenedWithItsPassphrase() {
    connect(
        "IdentityFile /nowhere",
        each -> each.credential(Credential.keyFile(locked(), PASSPHRASE.toCharArray())));

    assertThat(sshd.eventuallyLogs("Accepted publickey for " + PeerAccount.NAME)).isTrue();
  }

  @Test
  @Conforms("SSH-164")
  void aFileThatWasAskedForAndCannotBeReadIsAnError() {
    assertThatThrownBy(
            () ->
                connect(
                    "IdentityFile /nowhere",
                    each ->
                        each.credential(
                            Credential.keyFile(locked(), "not-this-one".toCharArray()))))
        .isInstanceOf(KeyFileException.WrongPassphrase.class)
        .hasMessageNotContaining("not-this-one");
    assertThatThrownBy(
            () ->
                connect(
                    "IdentityFile /nowhere",
                    each -> each.credential(Credential.keyFile(Path.of("/nowhere"), new char[0]))))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("/nowhere");
  }

  private void connect(String settings) {
    connect(settings, each -> each);
  }

  private void connect(String settings, UnaryOperator<SshClient> each) {
    SshConfig config =
        SshConfig.parse(
            """
            Host box
              HostName 127.0.0.1
              Port %d
              User %s
              StrictHostKeyChecking accept-new
              UserKnownHostsFile %s
              %s
            """
                .formatted(sshd.port(), PeerAccount.NAME, file("known_hosts"), settings));
    SshClient.configured(config, "box", each).connect().block(WAIT).close().block(WAIT);
  }

  private Path locked() {
    return scratch.file("locked");
  }

  private SshPublicKey publicKey(String name) throws IOException {
    String[] fields = Files.readString(scratch.file(name + ".pub")).split(" ");
    return KeyText.parse(fields[0], fields[1].strip());
  }

  private void keygen(String... arguments) {
    List<String> command = new ArrayList<>(List.of("ssh-keygen", "-q"));
    command.addAll(List.of(arguments));
    Run.of(command, scratch.base()).requireSuccess();
  }

  private String file(String name) {
    return scratch.file(name).toString();
  }
}
