package dev.sluice.ssh.peer;

import dev.sluice.test.peer.Peers;
import java.nio.file.Path;
import java.util.List;

/** Dropbear or AsyncSSH as a server on a free port of loopback, which echoes. */
public final class OtherServer implements AutoCloseable {
  private final Scratch scratch;
  private final ServerProcess process;
  private final int port;

  private OtherServer(Scratch scratch, List<String> command, int port) {
    this.scratch = scratch;
    this.port = port;
    this.process = ServerProcess.start(command, scratch, port);
  }

  /** Lets {@link PeerAccount} run commands. */
  public static OtherServer dropbear() {
    Peers.require("dropbear");
    Scratch scratch = Scratch.create("dropbear");
    PeerAccount.ensure(scratch);
    Path key = scratch.file("key");
    Run.of(List.of("dropbearkey", "-t", "ed25519", "-f", key.toString()), scratch.base())
        .requireSuccess();
    int port = Scratch.freePort();
    List<String> command =
        List.of(
            "dropbear",
            "-F",
            "-E",
            "-r",
            key.toString(),
            "-p",
            "127.0.0.1:" + port,
            "-P",
            scratch.file("pid").toString());
    return new OtherServer(scratch, command, port);
  }

  /** Lets {@link PeerAccount}'s name run echo and cat. */
  public static OtherServer asyncssh() {
    Peers.require("asyncssh", "ssh-keygen");
    Scratch scratch = Scratch.create("asyncssh");
    Path key = scratch.file("key");
    Run.of(
            List.of("ssh-keygen", "-q", "-N", "", "-t", "ed25519", "-f", key.toString()),
            scratch.base())
        .requireSuccess();
    int port = Scratch.freePort();
    List<String> command =
        List.of(
            "/usr/bin/python3",
            scratch.resource("asyncssh_server.py").toString(),
            Integer.toString(port),
            key.toString(),
            PeerAccount.NAME,
            PeerAccount.PASSWORD);
    return new OtherServer(scratch, command, port);
  }

  public int port() {
    return port;
  }

  @Override
  public void close() {
    process.close();
    scratch.close();
  }
}
