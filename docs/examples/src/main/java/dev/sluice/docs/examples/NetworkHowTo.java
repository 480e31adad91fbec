package dev.sluice.docs.examples;

import dev.sluice.ftp.DataMode;
import dev.sluice.ftp.ExternalAddress;
import dev.sluice.ftp.FtpServerData;
import dev.sluice.ftp.PortRange;
import dev.sluice.ftp.client.FtpClient;
import dev.sluice.ftp.server.FtpServer;
import dev.sluice.transport.Network;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** FTP behind firewalls and NAT. */
public final class NetworkHowTo {
  private NetworkHowTo() {}

  /** Clients connect to these ports and no others. */
  public static FtpServer passivePorts(FtpServer server, int first, int last) {
    return server.data(data -> data.withPassivePorts(new PortRange(first, last)));
  }

  /** PASV announces this address, but not to clients of the local network. */
  public static FtpServer behindNat(FtpServer server, InetAddress external, String localNetwork) {
    ExternalAddress outside =
        ExternalAddress.fixed(external).exceptFor(List.of(Network.parse(localNetwork)));
    return server.data(data -> data.withExternalAddress(outside));
  }

  /** PASV announces what the name stands for now: for addresses that change. */
  public static FtpServer behindNamedNat(FtpServer server, String host) {
    return server.data(
        data -> data.withExternalAddress(ExternalAddress.named(host, Duration.ofMinutes(5))));
  }

  /** PASV announces an address by the network that the client is in. */
  public static FtpServer withSeveralSides(FtpServer server, Map<Network, InetAddress> sides) {
    return server.data(data -> data.withExternalAddress(ExternalAddress.byNetwork(sides)));
  }

  /** The server never connects to clients. */
  public static FtpServer passiveOnly(FtpServer server) {
    return server.data(data -> data.withActive(FtpServerData.Active.REFUSED));
  }

  /** A client that lets the server connect to one of these ports, which its NAT forwards. */
  public static FtpClient active(FtpClient client, InetAddress announced, PortRange ports) {
    return client.data(d -> d.withMode(new DataMode.Active(announced, ports)));
  }
}
