package dev.sluice.ftp.client;

import static dev.sluice.ftp.client.RealServers.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.ftp.Credentials;
import dev.sluice.test.Conforms;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What a server is told by a client that was given no name. */
final class AnonymousLoginTest {

  @Test
  @Conforms("FTP-046")
  void theServerHearsAnAddressThatTellsNothingOfTheUser() throws Exception {
    assertThat(passwordOf(client -> client)).isEqualTo("PASS anonymous@example.org");
  }

  @Test
  @Conforms("FTP-046")
  void theServerHearsTheAddressThatWasChosen() throws Exception {
    assertThat(passwordOf(client -> client.credentials(Credentials.anonymous("guest@example.net"))))
        .isEqualTo("PASS guest@example.net");
  }

  private static String passwordOf(UnaryOperator<FtpClient> change) throws Exception {
    try (ScriptedServer server =
        new ScriptedServer(
            talk -> {
              talk.welcome();
              talk.untilGone();
            })) {
      RealServers.connect(change.apply(FtpClient.create("127.0.0.1").port(server.port())))
          .close()
          .block(PATIENCE);
      server.finish();
      assertThat(server.heard()).startsWith("USER anonymous");
      return server.heard().get(1);
    }
  }
}
