package dev.sluice.sftp.peer.client;

import dev.sluice.sftp.SftpClient;
import dev.sluice.sftp.SftpSession;
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
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** OpenSSH's server whose root is an empty directory that its user, root, may write. */
public final class JailedSshd implements AutoCloseable {
  private static final Duration WAIT = Duration.ofSeconds(30);
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

  public Path root() {
    return root;
  }

  public SftpClient client() {
    return SftpClient.create("127.0.0.1")
        .port(sshd.port())
        .user("root")
        .credential(Credential.key(KEY))
        .hostKeys(HostKeyPolicy.pinned(sshd.fingerprint("ed25519")));
  }

  public SftpSession session() {
    return client().connect().block(WAIT);
  }

  /** Removes all that is in it. */
  public void clear() {
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        if (!file.equals(root)) {
          Files.delete(file);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
