package dev.sluice.sftp.peer.client;

import dev.sluice.sftp.client.SftpClient;
import dev.sluice.ssh.Credential;
import dev.sluice.ssh.HostKeyPolicy;
import dev.sluice.ssh.key.Ed25519PrivateKey;
import dev.sluice.ssh.key.SshKeyPair;
import dev.sluice.ssh.peer.Sshd;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;

/** OpenSSH's server whose root is an empty directory that its user, root, may write. */
public final class JailedSshd implements SftpPeer {
  private static final SshKeyPair KEY =
      SshKeyPair.of(Ed25519PrivateKey.generate(new SecureRandom()));

  private final Path root;
  private final Sshd sshd;

  private JailedSshd(Path root, Sshd sshd) {
    this.root = root;
    this.sshd = sshd;
  }

  public static JailedSshd start() {
    try {
      // no directory above a jail may be writable for others, so that /tmp does not do
      Path root = Files.createTempDirectory(Path.of("/var/lib"), "sluice-sftp-");
      Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
      return new JailedSshd(
          root,
          Sshd.start(List.of(KEY.publicKey()), "ChrootDirectory " + root, "PermitRootLogin yes"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public int port() {
    return sshd.port();
  }

  @Override
  public Path root() {
    return root;
  }

  @Override
  public SftpClient client() {
    return SftpClient.create("127.0.0.1")
        .port(sshd.port())
        .user("root")
        .credential(Credential.key(KEY))
        .hostKeys(HostKeyPolicy.pinned(sshd.fingerprint("ed25519")));
  }

  @Override
  public void close() {
    sshd.close();
    clear();
    try {
      Files.delete(root);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
