package dev.sluice.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.BoundServer;
import dev.sluice.api.RemotePath;
import dev.sluice.api.TransferException;
import dev.sluice.docs.examples.NetworkHowTo;
import dev.sluice.ftp.FtpSession;
import dev.sluice.ftp.PortRange;
import dev.sluice.ftp.client.FtpClient;
import dev.sluice.ftp.server.FtpServer;
import dev.sluice.storage.memory.MemoryStorage;
import dev.sluice.transport.Network;
import dev.sluice.transport.door.StaticUsers;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The examples of firewalls and NAT, over loopback. */
final class NetworkExamplesTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  @Test
  void passivePortsComeFromTheRange() {
    String reply = reply(NetworkHowTo.passivePorts(server(), 52_000, 52_099), "EPSV");

    assertThat(reply).matches("229 .*\\|\\|\\|520\\d\\d\\|.*");
  }

  @Test
  void theExternalAddressIsForClientsOutside() throws Exception {
    InetAddress external = InetAddress.getByName("203.0.113.7");

    assertThat(reply(NetworkHowTo.behindNat(server(), external, "10.0.0.0/8"), "PASV"))
        .contains("203,0,113,7");
    assertThat(reply(NetworkHowTo.behindNat(server(), external, "127.0.0.0/8"), "PASV"))
        .contains("127,0,0,1");
    assertThat(reply(NetworkHowTo.behindNamedNat(server(), "127.0.0.1"), "PASV"))
        .contains("127,0,0,1");
    Map<Network, InetAddress> sides = Map.of(Network.parse("127.0.0.0/8"), external);
    assertThat(reply(NetworkHowTo.withSeveralSides(server(), sides), "PASV"))
        .contains("203,0,113,7");
  }

  @Test
  void theServerConnectsToAClientUnlessItMustNot() {
    assertThat(listed(server())).isTrue();
    assertThatThrownBy(() -> listed(NetworkHowTo.passiveOnly(server())))
        .isInstanceOf(TransferException.class);
  }

  private static boolean listed(FtpServer server) {
    BoundServer bound = server.bind().block(LIMIT);
    FtpSession session =
        NetworkHowTo.active(client(bound), LOOPBACK, PortRange.ANY).connectFtp().block(LIMIT);
    try {
      return session.list(RemotePath.root()).collectList().block(LIMIT).isEmpty();
    } finally {
      session.close().block(LIMIT);
      bound.close().block(LIMIT);
    }
  }

  private static String reply(FtpServer server, String command) {
    BoundServer bound = server.bind().block(LIMIT);
    FtpSession session = client(bound).connectFtp().block(LIMIT);
    try {
      return session.command(command).block(LIMIT).describe();
    } finally {
      session.close().block(LIMIT);
      bound.close().block(LIMIT);
    }
  }

  private static FtpServer server() {
    return FtpServer.create()
        .host("127.0.0.1")
        .port(0)
        .storage(MemoryStorage.create())
        .users(StaticUsers.of("ann", "secret"));
  }

  private static FtpClient client(BoundServer server) {
    return FtpClient.create("127.0.0.1")
        .port(server.address().getPort())
        .credentials("ann", "secret");
  }
}
