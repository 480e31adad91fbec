package dev.sluice.bench.suite.worker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.sshd.common.file.virtualfs.VirtualFileSystemFactory;
import org.apache.sshd.common.keyprovider.FileKeyPairProvider;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.auth.pubkey.AcceptAllPublickeyAuthenticator;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;

/** Apache MINA SSHD as a server of SFTP. */
final class MinaServer {
  private MinaServer() {}

  static Hosted start(MinaSettings settings, Account account) throws IOException {
    SshServer server = SshServer.setUpDefaultServer();
    settings.applyTo(server);
    server.setHost("127.0.0.1");
    server.setPort(0);
    server.setKeyPairProvider(new FileKeyPairProvider(account.hostKey()));
    server.setPublickeyAuthenticator(AcceptAllPublickeyAuthenticator.INSTANCE);
    server.setFileSystemFactory(new VirtualFileSystemFactory(account.root()));
    server.setSubsystemFactories(List.of(new SftpSubsystemFactory()));
    server.start();
    int port = server.getPort();
    Endpoint endpoint = HostedServers.endpoint(Protocol.SFTP, port, account.userKey().toString());
    return new Hosted(endpoint, port, account.root(), () -> stop(server));
  }

  private static void stop(SshServer server) {
    try {
      server.stop(true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
