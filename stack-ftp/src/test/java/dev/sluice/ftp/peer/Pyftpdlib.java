package dev.sluice.ftp.peer;

import dev.sluice.tls.test.TestCertificates.PemFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** pyftpdlib of Debian's Python with one user; its files belong to whoever runs the tests. */
public final class Pyftpdlib implements ServerPeer {
  private static final String NAME = "pyftpdlib";

  private final RunningServer server;

  /** Starts one. */
  public Pyftpdlib(PeerOptions options) {
    PeerTls tls = options.tls();
    if (tls != null) {
      tls.checkExplicit(NAME);
    }
    server =
        RunningServer.start(
            NAME,
            options,
            (workspace, ports) -> {
              List<String> command = new ArrayList<>(command(workspace, ports, options));
              if (tls != null) {
                PemFiles files = tls.write(workspace);
                command.add(files.certificate().toString());
                command.add(files.key().toString());
                command.add(tls.isRequired() ? "required" : "allowed");
              }
              return command;
            });
  }

  private static List<String> command(Workspace workspace, PortBlock ports, PeerOptions options) {
    return List.of(
        "/usr/bin/python3",
        workspace.write("serve.py", Resource.text("pyftpdlib_server.py")).toString(),
        options.host(),
        Integer.toString(ports.control()),
        Integer.toString(ports.passiveLow()),
        Integer.toString(ports.passiveHigh()),
        workspace.root().toString(),
        PeerAccount.NAME,
        PeerAccount.PASSWORD,
        Integer.toString(options.idleSeconds()),
        Long.toString(options.bytesPerSecond()),
        String.join(",", options.without()));
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String host() {
    return server.host();
  }

  @Override
  public int port() {
    return server.ports().control();
  }

  @Override
  public int lastPort() {
    return server.ports().passiveHigh();
  }

  @Override
  public long pid() {
    return server.process().pid();
  }

  @Override
  public Path root() {
    return server.workspace().root();
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
    return server.workspace().logTail();
  }

  @Override
  public void giveFilesToUser() {
    // The server runs with the rights of the tests: whatever they wrote is its own.
  }

  @Override
  public void close() {
    server.close();
  }
}
