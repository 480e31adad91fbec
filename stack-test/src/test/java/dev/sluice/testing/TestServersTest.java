package dev.sluice.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.AuthenticationFailed;
import dev.sluice.api.FileClient;
import dev.sluice.api.PeerUntrusted;
import dev.sluice.ftp.FtpSecurity;
import dev.sluice.ftp.client.FtpClient;
import dev.sluice.tls.TlsClientOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a test gets that asks for servers. */
final class TestServersTest {
  @RegisterExtension
  static final TestServers servers =
      TestServers.create().user("ann", "secret").user("bob", "other");

  @ParameterizedTest
  @ValueSource(strings = {"ftp", "ftpes", "sftp"})
  void aClientReadsWhatTheTestHasWrittenAndTheTestReadsWhatTheClientHas(String scheme) {
    TestServer<? extends FileClient> server = server(servers, scheme);
    servers.files().write("/in/deep.txt", "hi");

    assertThat(Sessions.read(server.client(), "/in/deep.txt")).isEqualTo(2);
    Sessions.write(server.client(), "/out.bin", 100_000);
    assertThat(servers.files().read("/out.bin")).hasSize(100_000);
    assertThat(servers.files().list("/")).containsExactly("in", "out.bin");
    assertThat(server.uri()).hasToString(scheme + "://ann@127.0.0.1:" + server.port());
  }

  @Test
  void theThreeServersServeTheSameFiles() {
    Sessions.write(servers.ftp().client(), "/shared", 10);

    assertThat(Sessions.read(servers.ftps().client(), "/shared")).isEqualTo(10);
    assertThat(Sessions.read(servers.sftp().client(), "/shared")).isEqualTo(10);
    assertThat(servers.files().exists("/shared")).isTrue();
  }

  @Test
  void theFilesOfAnotherTestAreNotThere() {
    assertThat(servers.files().list("/")).isEmpty();
  }

  @Test
  void everyUserMayLogInAndNobodyElse() {
    FtpClient client = servers.ftp().client();

    Sessions.write(client.credentials("bob", "other"), "/bob", 3);
    assertThat(servers.files().text("/bob")).hasSize(3);
    assertThatThrownBy(() -> Sessions.read(client.credentials("bob", "wrong"), "/bob"))
        .isInstanceOf(AuthenticationFailed.class);
  }

  @Test
  void aClientThatDoesNotKnowTheCertificateRefusesIt() {
    FtpClient stranger =
        servers.ftps().client().security(FtpSecurity.explicit(TlsClientOptions.DEFAULT));

    assertThatThrownBy(() -> Sessions.read(stranger, "/x")).isInstanceOf(PeerUntrusted.class);
  }

  @Test
  void aDirectoryIsServedAndStays(@TempDir Path directory) throws IOException {
    try (TestServers local = TestServers.create().directory(directory)) {
      Sessions.write(local.sftp().client(), "/file", 7);
    }

    assertThat(Files.size(directory.resolve("file"))).isEqualTo(7);
  }

  static TestServer<? extends FileClient> server(TestServers from, String scheme) {
    return switch (scheme) {
      case "ftp" -> from.ftp();
      case "ftpes" -> from.ftps();
      default -> from.sftp();
    };
  }

  static List<String> schemes() {
    return List.of("ftp", "ftpes", "sftp");
  }
}
