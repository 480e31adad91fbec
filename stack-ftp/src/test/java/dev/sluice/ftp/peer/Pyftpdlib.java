package dev.sluice.ftp.peer;

import dev.sluice.tls.test.TestCertificates.PemFiles;
import java.util.ArrayList;
import java.util.List;

/** pyftpdlib of Debian's Python with one user; its files belong to whoever runs the tests. */
public final class Pyftpdlib {
  private static final String NAME = "pyftpdlib";

  private Pyftpdlib() {}

  /** Starts one. */
  public static ServerPeer start(PeerOptions options) {
    PeerTls tls = options.tls();
    if (tls != null) {
      tls.checkExplicit(NAME);
    }
    return RunningServer.start(
        NAME,
        options,
        null,
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
}
