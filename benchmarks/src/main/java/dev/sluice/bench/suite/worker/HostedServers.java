package dev.sluice.bench.suite.worker;

import dev.sluice.api.BoundServer;
import dev.sluice.ftp.FtpServerData;
import dev.sluice.ftp.FtpServerTls;
import dev.sluice.ftp.PortRange;
import dev.sluice.ftp.peer.ApacheFtpServer;
import dev.sluice.ftp.peer.PeerOptions;
import dev.sluice.ftp.peer.PeerTls;
import dev.sluice.ftp.peer.PortBlock;
import dev.sluice.ftp.server.FtpServer;
import dev.sluice.sftp.server.SftpServer;
import dev.sluice.ssh.AuthorizedUsers;
import dev.sluice.ssh.key.SshKeyPair;
import dev.sluice.ssh.key.SshPrivateKey;
import dev.sluice.ssh.key.file.PrivateKeyFile;
import dev.sluice.ssh.key.trust.AuthorizedKeys;
import dev.sluice.ssh.key.trust.KeyText;
import dev.sluice.storage.local.LocalStorage;
import dev.sluice.tls.AesGcmProvider;
import dev.sluice.tls.KeyMaterial;
import dev.sluice.tls.TlsServerOptions;
import dev.sluice.tls.test.TestCertificates;
import dev.sluice.tls.test.TestCertificates.Wish;
import dev.sluice.transport.door.StaticUsers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import reactor.core.publisher.Mono;

/** The servers in Java, by name. */
final class HostedServers {
  private static final String HOST = "127.0.0.1";

  private HostedServers() {}

  static Hosted start(String name, Account account) throws IOException {
    return switch (name) {
      case "sluice-ftp" -> sluiceFtp(account, Protocol.FTP, "", server -> server);
      case "sluice-ftps" -> sluiceFtps(account);
      case "sluice-sftp" -> sluiceSftp(account);
      case "apache-ftp" -> apache(PeerOptions.DEFAULT, Protocol.FTP);
      case "apache-ftps" ->
          apache(
              PeerOptions.DEFAULT.secured(PeerTls.required(new TestCertificates())), Protocol.FTPS);
      case "mina" -> MinaServer.start(MinaSettings.DEFAULTS, account);
      case "mina-tuned" -> MinaServer.start(MinaSettings.TUNED, account);
      default -> throw new IllegalArgumentException("no server is called " + name);
    };
  }

  private static Hosted sluiceFtps(Account account) throws IOException {
    AesGcmProvider.install(); // as the program does
    TestCertificates certificates = new TestCertificates();
    Path authority =
        Files.writeString(
            account.root().resolveSibling("authority.crt"),
            TestCertificates.pem(certificates.authority()));
    KeyMaterial material =
        certificates.issue(Wish.named("localhost", HOST, "::1").withKeys("RSA", 2048));
    FtpServerTls tls =
        FtpServerTls.explicit(TlsServerOptions.of(material))
            .withRequired(FtpServerTls.Required.LOGIN_AND_DATA);
    return sluiceFtp(account, Protocol.FTPS, authority.toString(), server -> server.tls(tls));
  }

  private static Hosted sluiceFtp(
      Account account, Protocol protocol, String trust, UnaryOperator<FtpServer> change) {
    PortBlock ports = PortBlock.find(HOST);
    FtpServer server =
        FtpServer.create()
            .host(HOST)
            .port(ports.control())
            .storage(LocalStorage.at(account.root()))
            .users(StaticUsers.of(Account.NAME, Account.PASSWORD))
            .data(data -> withPorts(data, ports));
    BoundServer bound = Waiting.of(change.apply(server).bind());
    Endpoint endpoint = endpoint(protocol, ports.control(), trust);
    return new Hosted(endpoint, ports.passiveHigh(), account.root(), closing(bound));
  }

  private static FtpServerData withPorts(FtpServerData data, PortBlock ports) {
    return data.withPassivePorts(new PortRange(ports.passiveLow(), ports.passiveHigh()));
  }

  private static Hosted sluiceSftp(Account account) throws IOException {
    AuthorizedKeys keys = AuthorizedKeys.parse(KeyText.format(key(account.userKey()).publicKey()));
    BoundServer bound =
        Waiting.of(
            SftpServer.create()
                .host(HOST)
                .port(0)
                .hostKey(SshKeyPair.of(key(account.hostKey())))
                .storage(LocalStorage.at(account.root()))
                .users(AuthorizedUsers.by(name -> Mono.just(keys), StaticUsers.none()))
                .bind());
    int port = bound.address().getPort();
    Endpoint endpoint = endpoint(Protocol.SFTP, port, account.userKey().toString());
    return new Hosted(endpoint, port, account.root(), closing(bound));
  }

  private static SshPrivateKey key(Path file) throws IOException {
    return PrivateKeyFile.read(Files.readAllBytes(file), new char[0]).key();
  }

  private static Hosted apache(PeerOptions options, Protocol protocol) {
    ApacheFtpServer server = new ApacheFtpServer(options);
    String trust =
        protocol == Protocol.FTPS ? server.root().resolveSibling("authority.crt").toString() : "";
    Endpoint endpoint =
        new Endpoint(
            protocol, server.host(), server.port(), server.user(), server.password(), trust, "");
    return new Hosted(endpoint, server.lastPort(), server.root(), server::close);
  }

  /** How a server on this machine is reached by the account's user. */
  static Endpoint endpoint(Protocol protocol, int port, String trust) {
    return new Endpoint(protocol, HOST, port, Account.NAME, Account.PASSWORD, trust, "");
  }

  private static Runnable closing(BoundServer bound) {
    return () -> Waiting.end(bound.close());
  }
}
