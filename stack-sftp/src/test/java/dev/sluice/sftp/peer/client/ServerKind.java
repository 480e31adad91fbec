package dev.sluice.sftp.peer.client;

import dev.sluice.sftp.SftpVersion;
import java.util.List;

/** The real servers, and the versions that each speaks. */
public enum ServerKind {
  OPENSSH,
  MINA,
  ASYNCSSH,
  PARAMIKO,
  PROFTPD;

  /** Starts one; a test whose server is missing ends here. */
  public SftpPeer start() {
    return switch (this) {
      case OPENSSH -> JailedSshd.start();
      case MINA -> MinaServer.start();
      case ASYNCSSH -> PythonServer.asyncssh();
      case PARAMIKO -> PythonServer.paramiko();
      case PROFTPD -> ProftpdServer.start();
    };
  }

  public List<SftpVersion> versions() {
    return switch (this) {
      case OPENSSH, PARAMIKO -> List.of(SftpVersion.V3);
      case MINA, ASYNCSSH, PROFTPD -> List.of(SftpVersion.values());
    };
  }
}
