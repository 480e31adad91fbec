package dev.sluice.ftp.peer;

import java.util.List;

/**
 * A server's process together with the files it works on; closed together.
 *
 * @param workspace its directory
 * @param process what serves it
 * @param host the address it listens on
 * @param ports its ports
 */
record RunningServer(Workspace workspace, ServerProcess process, String host, PortBlock ports)
    implements AutoCloseable {

  /** How a server is told what to do: writes its configuration and returns its command line. */
  interface Setup {
    List<String> command(Workspace workspace, PortBlock ports);
  }

  static RunningServer start(String name, PeerOptions options, Setup setup) {
    Workspace workspace = Workspace.create(name);
    try {
      PortBlock ports = PortBlock.find(options.host());
      List<String> command = setup.command(workspace, ports);
      ServerProcess process =
          ServerProcess.start(command, workspace, () -> Greeting.comes(options, ports.control()));
      return new RunningServer(workspace, process, options.host(), ports);
    } catch (RuntimeException e) {
      workspace.close();
      throw e;
    }
  }

  @Override
  public void close() {
    process.close();
    workspace.close();
  }
}
