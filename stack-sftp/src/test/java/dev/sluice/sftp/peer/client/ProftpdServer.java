package dev.sluice.sftp.peer.client;

import dev.sluice.ssh.peer.Run;
import dev.sluice.ssh.peer.Scratch;
import dev.sluice.test.peer.Peers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** ProFTPD with mod_sftp, which speaks versions 3 to 6, and one virtual user with root's rights. */
final class ProftpdServer {
  private static final String NAME = "proftpd";

  private ProftpdServer() {}

  static SftpPeer start() {
    Peers.require(NAME, "ssh-keygen", "openssl");
    return PasswordPeer.start(NAME, ProftpdServer::command);
  }

  private static List<String> command(Scratch scratch, Path root, int port) {
    hostKey(scratch);
    scratch.write(
        "passwd", PasswordPeer.USER + ":" + hashed(scratch) + ":0:0::" + root + ":/bin/sh\n");
    Path file = scratch.write("conf", configuration(scratch, port));
    return List.of(
        Peers.program(NAME).toString(), "--nodaemon", "--quiet", "--config", file.toString());
  }

  private static void hostKey(Scratch scratch) {
    String file = scratch.file("key").toString();
    Run.of(
            List.of("ssh-keygen", "-q", "-N", "", "-m", "PEM", "-t", "ecdsa", "-f", file),
            scratch.base())
        .requireSuccess();
  }

  private static String hashed(Scratch scratch) {
    Path input = scratch.write("password", PasswordPeer.PASSWORD + "\n");
    return Run.of(
            List.of("openssl", "passwd", "-6", "-stdin"),
            input,
            scratch.base(),
            Duration.ofSeconds(20))
        .requireSuccess()
        .stdout()
        .strip();
  }

  private static String configuration(Scratch scratch, int port) {
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
