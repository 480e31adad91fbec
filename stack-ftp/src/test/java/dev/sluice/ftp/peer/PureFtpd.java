package dev.sluice.ftp.peer;

import dev.sluice.test.peer.Peers;
import dev.sluice.tls.test.TestCertificates.PemFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Pure-FTPd with one virtual user, jailed in {@link ServerPeer#root()}; needs root. */
public final class PureFtpd {
  private static final String NAME = "pure-ftpd";

  private PureFtpd() {}

  /** Starts one. */
  public static ServerPeer start(PeerOptions options) {
    if (!options.without().isEmpty()) {
      throw new IllegalArgumentException("Pure-FTPd cannot go without " + options.without());
    }
    if (options.tls() != null) {
      options.tls().checkExplicit(NAME);
    }
    PeerAccount account = PeerAccount.ensure();
    return RunningServer.start(
        NAME,
        options,
        account,
        (workspace, ports) -> {
          addUser(workspace, account);
          return command(workspace, ports, options);
        });
  }

  // pure-pw itself would hash with Argon2, which costs seconds at every login.
  private static void addUser(Workspace workspace, PeerAccount account) {
    String line =
        "%s:%s:%d:%d::%s/./::::::::::::%n"
            .formatted(
                PeerAccount.NAME,
                PeerAccount.hashedPassword(),
                account.uid(),
                account.gid(),
                workspace.root());
    Path users = workspace.write("passwd", line);
    String program = Peers.tree(NAME).resolve("usr/bin/pure-pw").toString();
    List<String> command =
        List.of(
            program,
            "mkdb",
            workspace.base().resolve("users.pdb").toString(),
            "-f",
            users.toString());
    Program.run(command, "", Duration.ofSeconds(30)).requireSuccess();
  }

  private static List<String> command(Workspace workspace, PortBlock ports, PeerOptions options) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Peers.program(NAME).toString(),
                options.ipv6() ? "--ipv6only" : "--ipv4only",
                "--noanonymous",
                "--chrooteveryone",
                "--dontresolve",
                "--displaydotfiles",
                "--verboselog",
                "--syslogfacility=none",
                "--minuid=1",
                "--maxclientsnumber=100",
                "--maxclientsperip=100",
                "--limitrecursion=1000000:32"));
    command.add("--maxidletime=" + Math.max(1, options.idleSeconds() / 60));
    command.add("--login=puredb:" + workspace.base().resolve("users.pdb"));
    command.add("--pidfile=" + workspace.base().resolve("pid"));
    command.add("--bind=" + options.host() + "," + ports.control());
    command.add("--passiveportrange=" + ports.passiveLow() + ":" + ports.passiveHigh());
    if (options.bytesPerSecond() > 0) {
      command.add("--userbandwidth=" + Math.max(1, options.bytesPerSecond() / 1024));
    }
    PeerTls tls = options.tls();
    if (tls != null) {
      PemFiles files = tls.write(workspace);
      command.add("--tls=" + (tls.isRequired() ? 3 : 1));
      command.add("--certfile=" + files.certificate() + "," + files.key());
    }
    return command;
  }
}
