package dev.sluice.bench.suite.worker;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import org.apache.sshd.client.ClientBuilder;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.keyverifier.AcceptAllServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.kex.BuiltinDHFactories;
import org.apache.sshd.common.keyprovider.FileKeyPairProvider;
import org.apache.sshd.sftp.client.SftpClient;
import org.apache.sshd.sftp.client.SftpClientFactory;

/** Apache MINA SSHD. */
final class MinaLibrary implements Library {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final SshClient client = SshClient.setUpDefaultClient();

  MinaLibrary(MinaSettings settings) {
    settings.applyTo(client);
    client.setKeyExchangeFactories(
        List.of(ClientBuilder.DH2KEX.apply(BuiltinDHFactories.curve25519)));
    client.setServerKeyVerifier(AcceptAllServerKeyVerifier.INSTANCE);
    client.start();
  }

  @Override
  public Session open(Endpoint server) throws IOException {
    ClientSession session =
        client.connect(server.user(), server.host(), server.port()).verify(PATIENCE).getSession();
    session.setKeyIdentityProvider(new FileKeyPairProvider(Path.of(server.trust())));
    session.auth().verify(PATIENCE);
    return new MinaSession(session, SftpClientFactory.instance().createSftpClient(session));
  }

  private record MinaSession(ClientSession session, SftpClient sftp) implements Session {

    @Override
    public void download(String remote, Path local) throws IOException {
      try (InputStream in = sftp.read(remote)) {
        Files.copy(in, local, StandardCopyOption.REPLACE_EXISTING);
      }
    }

    @Override
    public void upload(Path local, String remote) throws IOException {
      sftp.put(local, remote);
    }

    @Override
    public void close() throws IOException {
      sftp.close();
      session.close();
    }
  }
}
