package dev.sluice.sftp.peer.client;

import dev.sluice.ssh.peer.Run;
import dev.sluice.ssh.peer.Scratch;
import dev.sluice.test.peer.Peers;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** A server that one of Python's libraries for SSH makes. */
final class PythonServer {
  private PythonServer() {}

  /** AsyncSSH, which speaks versions 3 to 6. */
  static SftpPeer asyncssh() {
    return start("asyncssh");
  }

  /** Paramiko, which speaks version 3 and has no extension that renames. */
  static SftpPeer paramiko() {
    return start("paramiko");
  }

  private static SftpPeer start(String library) {
    Peers.require(library, "ssh-keygen");
    return PasswordPeer.start(
        library,
        (scratch, root, port) -> {
          Path key = scratch.file("key");
          Run.of(
                  List.of("ssh-keygen", "-q", "-N", "", "-t", "ed25519", "-f", key.toString()),
                  scratch.base())
              .requireSuccess();
          return List.of(
              "/usr/bin/python3",
              script(scratch, library + "_sftp.py").toString(),
              Integer.toString(port),
              key.toString(),
              PasswordPeer.USER,
              PasswordPeer.PASSWORD,
              root.toString());
        });
  }

  private static Path script(Scratch scratch, String name) throws IOException {
    try (InputStream in = PythonServer.class.getResourceAsStream(name)) {
      Files.copy(Objects.requireNonNull(in, name), scratch.file(name));
      return scratch.file(name);
    }
  }
}
