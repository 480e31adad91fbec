package dev.sluice.bench.suite.worker;

import com.jcraft.jsch.ChannelSftp;
import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.SftpException;
import java.nio.file.Path;

/** JSch, as it is maintained by mwiede, with the common algorithms. */
final class JschLibrary implements Library {
  private static final int PATIENCE_MILLIS = 20_000;

  @Override
  public Session open(Endpoint server) throws JSchException {
    JSch jsch = new JSch();
    jsch.addIdentity(server.trust());
    com.jcraft.jsch.Session session = jsch.getSession(server.user(), server.host(), server.port());
    session.setConfig("StrictHostKeyChecking", "no");
    session.setConfig("PreferredAuthentications", "publickey");
    session.setConfig("kex", "curve25519-sha256");
    session.setConfig("cipher.c2s", "aes128-gcm@openssh.com");
    session.setConfig("cipher.s2c", "aes128-gcm@openssh.com");
    session.connect(PATIENCE_MILLIS);
    ChannelSftp channel = (ChannelSftp) session.openChannel("sftp");
    channel.connect(PATIENCE_MILLIS);
    return new JschSession(session, channel);
  }

  private record JschSession(com.jcraft.jsch.Session session, ChannelSftp channel)
      implements Session {

    @Override
    public void download(String remote, Path local) throws SftpException {
      channel.get(remote, local.toString());
    }

    @Override
    public void upload(Path local, String remote) throws SftpException {
      channel.put(local.toString(), remote);
    }

    @Override
    public void close() {
      channel.disconnect();
      session.disconnect();
    }
  }
}
