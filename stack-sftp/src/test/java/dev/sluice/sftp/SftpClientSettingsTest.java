package dev.sluice.sftp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.sftp.client.SftpClient;
import dev.sluice.ssh.SshAlgorithms;
import dev.sluice.ssh.SshSecurity;
import dev.sluice.ssh.client.SshClient;
import org.junit.jupiter.api.Test;

/** Settings of SFTP over a client of SSH that has settings of its own. */
final class SftpClientSettingsTest {
  private static final SshAlgorithms OLD = SshAlgorithms.forClient().withDangerouslyOldOnes();

  private final SftpClient client =
      SftpClient.over(
          SshClient.create("host.example").security(usual -> usual.withAlgorithms(OLD)));

  @Test
  void noSettingOfSftpTouchesTheClientOfSsh() {
    assertThat(security(client.flow(flow -> flow.withChunk(4096))).algorithms()).isEqualTo(OLD);
    assertThat(security(client.port(2222)).algorithms()).isEqualTo(OLD);
  }

  @Test
  void aSettingOfSshKeepsTheOthersWhateverTheOrder() {
    SftpClient strict =
        client
            .flow(flow -> flow.withChunk(4096))
            .ssh(ssh -> ssh.security(usual -> usual.withStrictOnly(true)))
            .user("ann");

    assertThat(security(strict)).isEqualTo(security(client).withStrictOnly(true));
    assertThat(strict.settings().flow().chunk()).isEqualTo(4096);
  }

  private static SshSecurity security(SftpClient client) {
    return client.settings().ssh().settings().security();
  }
}
