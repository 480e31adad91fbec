package dev.sluice.sftp.peer.client;

import dev.sluice.sftp.SftpClient;
import dev.sluice.ssh.Credential;
import dev.sluice.ssh.HostKeyPolicy;
import dev.sluice.ssh.peer.Peers;
import dev.sluice.ssh.peer.Run;
import dev.sluice.ssh.peer.Scratch;
import dev.sluice.ssh.peer.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** ProFTPD with mod_sftp, which speaks versions 3 to 6, and one virtual user with root's rights. */
public final class ProftpdServer implements SftpPeer {
  private static final String NAME = "proftpd";
  private static final String USER = "ann";
  private static final String PASSWORD = "open-sesame";

  private final Scratch scratch;
  private final Path root;
  private final ServerProcess process;
  private final int port;

  private ProftpdServer() {
    Peers.require(NAME, "ssh-keygen", "openssl");
    scratch = Scratch.create(NAME);
    port = Scratch.freePort();
    try {
      root = Files.createDirectory(scratch.file("root"));
      hostKey();
      scratch.write("passwd", USER + ":" + hashed() + ":0:0::" + root + ":/bin/sh\n");
      Path file = scratch.write("conf", configuration());
      List<String> command =
          List.of(
              Peers.program(NAME).toString(), "--nodaemon", "--quiet", "--config", file.toString());
      process = ServerProcess.start(command, scratch, port);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static ProftpdServer start() {
    return new ProftpdServer();
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

  private void hostKey() {
    String file = scratch.file("key").toString();
    Run.of(
            List.of("ssh-keygen", "-q", "-N", "", "-m", "PEM", "-t", "ecdsa", "-f", file),
            scratch.base())
        .requireSuccess();
  }

  private String hashed() {
    Path input = scratch.write("password", PASSWORD + "\n");
    return Run.of(
            List.of("openssl", "passwd", "-6", "-stdin"),
            input,
            scratch.base(),
            Duration.ofSeconds(20))
        .requireSuccess()
        .stdout()
        .strip();
  }

  private String configuration() {
    return """
        ModulePath %1$s
        LoadModule mod_sftp.c
        ServerName sluice
        ServerType standalone
        DefaultAddress 127.0.0.1
        Port %2$d
        User nobody
        Group nogroup
        PidFile %3$s/pid
        ScoreboardFile %3$s/scoreboard
        DelayTable none
        DelayEngine off
        ControlsEngine off
        SystemLog %3$s/log
        TransferLog none
        WtmpLog off
        AuthOrder mod_auth_file.c
        AuthUserFile %3$s/passwd
        RequireValidShell off
        RootLogin on
        UseFtpUsers off
        UseReverseDNS off
        DefaultRoot ~
        Umask 022
        AllowOverwrite on
        AllowRetrieveRestart on
        AllowStoreRestart on
        TimesGMT on
        SocketBindTight on
        SFTPEngine on
        SFTPHostKey %3$s/key
        SFTPAuthMethods password
        SFTPLog %3$s/log
        """
        .formatted(Peers.tree(NAME).resolve("usr/lib/proftpd"), port, scratch.base());
  }
}
