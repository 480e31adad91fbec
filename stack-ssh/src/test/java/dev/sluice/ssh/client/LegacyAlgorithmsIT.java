package dev.sluice.ssh.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.ssh.Credential;
import dev.sluice.ssh.HostKeyPolicy;
import dev.sluice.ssh.SshAlgorithms;
import dev.sluice.ssh.SshSession;
import dev.sluice.ssh.config.SshConfig;
import dev.sluice.ssh.peer.PeerAccount;
import dev.sluice.ssh.peer.Sshd;
import dev.sluice.ssh.wire.SshViolation;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Servers of OpenSSH that know nothing but one old algorithm. */
final class LegacyAlgorithmsIT {
  private static final Duration WAIT = Duration.ofSeconds(30);

  @ParameterizedTest
  @CsvSource({
    "KexAlgorithms, diffie-hellman-group1-sha1",
    "KexAlgorithms, diffie-hellman-group14-sha1",
    "KexAlgorithms, diffie-hellman-group-exchange-sha1",
    "Ciphers, 3des-cbc",
    "Ciphers, aes256-cbc",
    "MACs, hmac-sha1",
    "HostKeyAlgorithms, ssh-rsa"
  })
  void theyAreReachedByWhoAllowsItAndOthersAreToldWhat(String setting, String algorithm) {
    String ciphers = setting.equals("MACs") ? "Ciphers aes128-ctr" : "# all";
    try (Sshd sshd = Sshd.start(setting + " " + algorithm, ciphers)) {
      SshClient client =
          SshClient.create("127.0.0.1")
              .port(sshd.port())
              .user(PeerAccount.NAME)
              .credential(Credential.password(PeerAccount.PASSWORD))
              .hostKeys(HostKeyPolicy.dangerouslyTrustAnyone());

      assertThatThrownBy(() -> client.connect().block(WAIT))
          .isInstanceOf(SshViolation.class)
          .hasMessageContaining("we offer")
          .hasMessageContaining(algorithm)
          .hasMessageContaining("--legacy")
          .hasMessageContaining(setting + " in ssh_config");
      uses(
          client.security(
              s -> s.withAlgorithms(SshAlgorithms.forClient().withDangerouslyOldOnes())),
          algorithm);
      SshConfig config = SshConfig.parse(setting + " +" + algorithm);
      uses(
          client.security(
              usual ->
                  usual.withAlgorithms(
                      SshClient.configured(config, "any", each -> each)
                          .settings()
                          .security()
                          .algorithms())),
          algorithm);
    }
  }

  private static void uses(SshClient client, String algorithm) {
    SshSession session = client.connect().block(WAIT);
    assertThat(session.info().algorithms()).contains(algorithm);
    session.close().block(WAIT);
  }
}
