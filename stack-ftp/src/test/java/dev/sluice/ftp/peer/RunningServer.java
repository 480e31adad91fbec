package dev.sluice.ftp.peer;

import dev.sluice.test.peer.Peers;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A server's process together with the files it works on; closed together.
 *
 * @param name what {@link Peers#require} knows it by
 * @param workspace its directory
 * @param process what serves it
 * @param host the address it listens on
 * @param ports its ports
 * @param account whose rights a session has; null = those of whoever runs the tests
 */
record RunningServer(
    String name,
    Workspace workspace,
    ServerProcess process,
    String host,
    PortBlock ports,
    @Nullable PeerAccount account)
    implements ServerPeer {

  /** How a server is told what to do: writes its configuration and returns its command line. */
  interface Setup {
    List<String> command(Workspace workspace, PortBlock ports);
  }

  /** Starts one whose sessions have the rights of {@code account}. */
  static RunningServer start(
      String name, PeerOptions options, @Nullable PeerAccount account, Setup setup) {
    Workspace workspace = Workspace.create(name);
    try {
      if (account != null) {
        workspace.giveRootTo(account);
      }
      PortBlock ports = PortBlock.find(options.host());
      List<String> command = setup.command(workspace, ports);
      ServerProcess process =
          ServerProcess.start(command, workspace, () -> Greeting.comes(options, ports.control()));
      return new RunningServer(name, workspace, process, options.host(), ports, account);
    } catch (RuntimeException e) {
      workspace.close();
      throw e;
    }
  }

  @Override
  public int port() {
    return ports.control();
  }

  @Override
  public int lastPort() {
    return ports.passiveHigh();
  }

  @Override
  public long pid() {
    return process.pid();
  }

  @Override
  public Path root() {
    return workspace.root();
  }

  @Override
  public String user() {
    return PeerAccount.NAME;
  }

  @Override
  public String password() {
    return PeerAccount.PASSWORD;
  }

  @Override
  public String log() {
    return workspace.logTail();
  }

  @Override
  public void giveFilesToUser() {
    if (account != null) {
      workspace.giveRootTo(account);
    }
  }

  @Override
  public void restart() {
    process.restart();
  }

  @Override
  public void close() {
    process.close();
    workspace.close();
  }
}
