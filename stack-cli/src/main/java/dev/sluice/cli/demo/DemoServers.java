package dev.sluice.cli.demo;

import dev.sluice.api.BoundServer;
import dev.sluice.ftp.FtpServerData;
import dev.sluice.ftp.FtpServerTls;
import dev.sluice.ftp.PortRange;
import dev.sluice.ftp.client.FtpClient;
import dev.sluice.ftp.server.FtpServer;
import dev.sluice.sftp.client.SftpClient;
import dev.sluice.sftp.server.SftpServer;
import dev.sluice.ssh.Credential;
import dev.sluice.ssh.HostKeyPolicy;
import dev.sluice.ssh.key.SshKeyPair;
import dev.sluice.storage.local.LocalStorage;
import dev.sluice.tls.KeyMaterial;
import dev.sluice.tls.PeerVerification;
import dev.sluice.tls.TlsClientOptions;
import dev.sluice.tls.TlsServerOptions;
import dev.sluice.transport.door.StaticUsers;

/**
 * The servers of a demonstration, and clients that trust them.
 *
 * @param files what they serve
 * @param password of their only user
 * @param material what they show over TLS; clients trust it and nothing else
 * @param hostKey what they show over SSH; as material
 */
public record DemoServers(
    DemoFiles files, String password, KeyMaterial material, SshKeyPair hostKey) {
  private static final String USER = "demo";

  /** Takes clients with and without TLS. */
  public FtpServer explicit(String host) {
    return server(host).tls(FtpServerTls.explicit(TlsServerOptions.of(material)));
  }

  public FtpServer implicit(String host) {
    return server(host).tls(FtpServerTls.implicit(TlsServerOptions.of(material)));
  }

  public SftpServer sftp(String host) {
    return SftpServer.create()
        .host(host)
        .port(0)
        .storage(LocalStorage.at(files.server()))
        .users(StaticUsers.of(USER, password))
        .hostKey(hostKey);
  }

  public SftpClient sftpClient(BoundServer server) {
    return SftpClient.create(server.address().getAddress().getHostAddress())
        .port(server.address().getPort())
        .user(USER)
        .credential(Credential.password(password))
        .hostKeys(HostKeyPolicy.pinned(hostKey.publicKey().fingerprint()));
  }

  public FtpClient client(BoundServer server) {
    return FtpClient.create(server.address().getAddress().getHostAddress())
        .port(server.address().getPort())
        .credentials(USER, password);
  }

  /** Certificates and names are checked as with any server. */
  public TlsClientOptions trust() {
    return TlsClientOptions.DEFAULT.withVerification(
        PeerVerification.authorities(material.chain()));
  }

  private FtpServer server(String host) {
    return FtpServer.create()
        .host(host)
        .port(0)
        .storage(LocalStorage.at(files.server()))
        .users(StaticUsers.of(USER, password))
        .data(
            data ->
                data.withPassivePorts(PortRange.ANY).withActive(new FtpServerData.Active(true, 0)));
  }

  @Override
  public String toString() {
    return "DemoServers[" + files.home() + "]";
  }
}
