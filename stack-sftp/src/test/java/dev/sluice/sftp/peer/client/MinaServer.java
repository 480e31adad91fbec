package dev.sluice.sftp.peer.client;

import dev.sluice.sftp.client.SftpClient;
import dev.sluice.ssh.Credential;
import dev.sluice.ssh.HostKeyPolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.sshd.common.file.virtualfs.VirtualFileSystemFactory;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.keyprovider.SimpleGeneratorHostKeyProvider;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;

/** Apache MINA's server in this process, which speaks versions 3 to 6. */
public final class MinaServer implements SftpPeer {
  private final SshServer server;
  private final Path root;

  private MinaServer(SshServer server, Path root) {
    this.server = server;
    this.root = root;
  }

  public static MinaServer start() {
    try {
      Path root = Files.createTempDirectory("sluice-mina-").toRealPath();
      SshServer server = SshServer.setUpDefaultServer();
      server.setHost("127.0.0.1");
      server.setKeyPairProvider(new SimpleGeneratorHostKeyProvider());
      server.setPasswordAuthenticator((user, password, session) -> password.equals("test"));
      server.setFileSystemFactory(new VirtualFileSystemFactory(root));
      server.setSubsystemFactories(List.of(new SftpSubsystemFactory()));
      server.start();
      return new MinaServer(server, root);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public SftpClient client() {
    return SftpClient.create("127.0.0.1")
        .port(server.getPort())
        .user("ann")
        .credential(Credential.password("test"))
        .hostKeys(HostKeyPolicy.dangerouslyTrustAnyone());
  }

  @Override
  public Path root() {
    return root;
  }

  @Override
  public void close() {
    try {
      server.stop(true);
      clear();
      Files.delete(root);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
