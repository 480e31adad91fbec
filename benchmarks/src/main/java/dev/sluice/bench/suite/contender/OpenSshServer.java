package dev.sluice.bench.suite.contender;

import dev.sluice.bench.suite.worker.Arena;
import dev.sluice.bench.suite.worker.Endpoint;
import dev.sluice.bench.suite.worker.Protocol;
import dev.sluice.ssh.key.SshPublicKey;
import dev.sluice.ssh.key.file.PrivateKeyFile;
import dev.sluice.ssh.peer.PeerAccount;
import dev.sluice.ssh.peer.Sshd;
import dev.sluice.test.peer.Peers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.OptionalLong;

/** OpenSSH's sshd with its internal-sftp. */
record OpenSshServer() implements Server {

  @Override
  public String name() {
    return "sshd";
  }

  @Override
  public Protocol protocol() {
    return Protocol.SFTP;
  }

  @Override
  public String missing() {
    return Peers.whyMissing("sshd");
  }

  @Override
  public Running start(Arena arena) throws IOException {
    SshPublicKey user =
        PrivateKeyFile.read(Files.readAllBytes(arena.userKey()), new char[0]).key().publicKey();
    Sshd server = Sshd.start(List.of(user), "HostKeyAlgorithms ecdsa-sha2-nistp256");
    try {
      Path root = arena.directory("sshd");
      arena.fill(root);
      RunningSshd running = new RunningSshd(server, root, arena.userKey());
      running.giveFilesToUser();
      return running;
    } catch (IOException | RuntimeException e) {
      server.close();
      throw e;
    }
  }

  private record RunningSshd(Sshd server, Path root, Path userKey) implements Running {

    @Override
    public Endpoint endpoint() {
      return new Endpoint(
          Protocol.SFTP,
          "127.0.0.1",
          server.port(),
          PeerAccount.NAME,
          "",
          userKey.toString(),
          root.toString());
    }

    @Override
    public int lastPort() {
      return server.port();
    }

    @Override
    public long pid() {
      return server.pid();
    }

    @Override
    public OptionalLong heap() {
      return OptionalLong.empty();
    }

    @Override
    public long threads() {
      return ProcessMeter.threads(pid());
    }

    /** Its user must reach the directory, and write to it. */
    @Override
    public void giveFilesToUser() throws IOException {
      Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxrwxrwx"));
      try (var entries = Files.list(root)) {
        for (Path entry : (Iterable<Path>) entries::iterator) {
          if (Files.isDirectory(entry)) {
            Files.setPosixFilePermissions(entry, PosixFilePermissions.fromString("rwxrwxrwx"));
          }
        }
      }
    }

    @Override
    public void close() throws IOException {
      server.close();
      Arena.delete(root);
    }
  }
}
