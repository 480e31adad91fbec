package dev.sluice.bench.suite.worker;

import com.hierynomus.sshj.transport.cipher.GcmCiphers;
import java.io.IOException;
import java.nio.file.Path;
import java.security.Security;
import java.util.List;
import net.schmizz.sshj.Config;
import net.schmizz.sshj.DefaultConfig;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.common.SecurityUtils;
import net.schmizz.sshj.sftp.SFTPClient;
import net.schmizz.sshj.transport.verification.PromiscuousVerifier;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/**
 * sshj with the common cipher. Its keys need Bouncy Castle, which comes after the providers of the
 * JDK here: with the AES of Bouncy Castle, which sshj would prefer, it is several times slower.
 */
final class SshjLibrary implements Library {

  SshjLibrary() {
    SecurityUtils.setRegisterBouncyCastle(false);
    Security.addProvider(new BouncyCastleProvider());
  }

  @Override
  public Session open(Endpoint server) throws IOException {
    Config config = new DefaultConfig();
    config.setCipherFactories(List.of(GcmCiphers.AES128GCM()));
    SSHClient client = new SSHClient(config);
    client.addHostKeyVerifier(new PromiscuousVerifier());
    client.connect(server.host(), server.port());
    client.authPublickey(server.user(), client.loadKeys(server.trust()));
    SFTPClient sftp = client.newSFTPClient();
    sftp.getFileTransfer().setPreserveAttributes(false);
    return new SshjSession(client, sftp);
  }

  private record SshjSession(SSHClient client, SFTPClient sftp) implements Session {

    @Override
    public void download(String remote, Path local) throws IOException {
      sftp.get(remote, local.toString());
    }

    @Override
    public void upload(Path local, String remote) throws IOException {
      sftp.put(local.toString(), remote);
    }

    @Override
    public void close() throws IOException {
      sftp.close();
      client.disconnect();
    }
  }
}
