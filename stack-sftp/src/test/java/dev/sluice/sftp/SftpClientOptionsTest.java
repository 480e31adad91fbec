package dev.sluice.sftp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.sftp.client.SftpClient;
import dev.sluice.ssh.SshAlgorithms;
import dev.sluice.ssh.SshOptions;
import dev.sluice.ssh.client.SshClient;
import org.junit.jupiter.api.Test;

/** Options of SFTP over a client of SSH that has options of its own. */
final class SftpClientOptionsTest {
  private static final SshAlgorithms OLD = SshAlgorithms.forClient().withDangerouslyOldOnes();

  private final SftpClient client =
      SftpClient.over(
          SshClient.create("host.example").options(options -> options.withAlgorithms(OLD)));

  @Test
  void optionsOfSftpLeaveTheAlgorithmsOfTheSshClient() {
    assertThat(client.options(SftpOptions.DEFAULT.withChunk(4096)).options().ssh().algorithms())
        .isEqualTo(OLD);
    assertThat(client.options(options -> options.withChunk(4096)).options().ssh().algorithms())
        .isEqualTo(OLD);
  }

  @Test
  void optionsOfSshThatAreGivenAreTaken() {
    SshOptions strict = SshOptions.DEFAULT.withStrictOnly(true);

    assertThat(client.options(SftpOptions.DEFAULT.withSsh(strict)).options().ssh())
        .isEqualTo(strict);
  }
}
