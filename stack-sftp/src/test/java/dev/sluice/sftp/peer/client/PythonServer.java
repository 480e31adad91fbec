package dev.sluice.sftp.peer.client;

import dev.sluice.sftp.SftpClient;
import dev.sluice.ssh.Credential;
import dev.sluice.ssh.HostKeyPolicy;
import dev.sluice.ssh.peer.Peers;
import dev.sluice.ssh.peer.Run;
import dev.sluice.ssh.peer.Scratch;
import dev.sluice.ssh.peer.ServerProcess;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** A server that one of Python's libraries for SSH makes. */
public final class PythonServer implements SftpPeer {
  private static final String USER = "ann";
  private static final String PASSWORD = "open-sesame";

  private final Scratch scratch;
  private final Path root;
  private final ServerProcess process;
  private final int port;

  private PythonServer(String library) {
    Peers.require(library, "ssh-keygen");
    scratch = Scratch.create(library);
    port = Scratch.freePort();
    try {
      root = Files.createDirectory(scratch.file("root"));
      Path key = scratch.file("key");
      Run.of(
              List.of("ssh-keygen", "-q", "-N", "", "-t", "ed25519", "-f", key.toString()),
              scratch.base())
          .requireSuccess();
      List<String> command =
          List.of(
              "/usr/bin/python3",
              script(library + "_sftp.py").toString(),
              Integer.toString(port),
              key.toString(),
              USER,
              PASSWORD,
              root.toString());
      process = ServerProcess.start(command, scratch, port);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** AsyncSSH, which speaks versions 3 to 6. */
  public static PythonServer asyncssh() {
    return new PythonServer("asyncssh");
  }

  /** Paramiko, which speaks version 3 and has no extension that renames. */
  public static PythonServer paramiko() {
    return new PythonServer("paramiko");
  }

  @Override
  public SftpClient client() {
    return SftpClient.create("127.0.0.1")
        .port(port)
        .user(USER)
        .credential(Credential.password(PASSWORD))
        .hostKeys(HostKeyPolicy.dangerouslyTrustAnyone());
  }

  @Override
  public Path root() {
    return root;
  }

  /** What it has written about itself. */
  public String log() {
    return scratch.read("log");
  }

  @Override
  public void close() {
    process.close();
    scratch.close();
  }

  private Path script(String name) throws IOException {
    try (InputStream in = PythonServer.class.getResourceAsStream(name)) {
      Files.copy(Objects.requireNonNull(in, name), scratch.file(name));
      return scratch.file(name);
    }
  }
}
