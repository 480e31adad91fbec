package dev.sluice.ftp.peer;

import dev.sluice.test.peer.Peers;
import dev.sluice.tls.test.TestCertificates.PemFiles;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** ProFTPD with one virtual user, jailed in {@link ServerPeer#root()}; needs root. */
public final class ProFtpd {
  private static final String NAME = "proftpd";

  private ProFtpd() {}

  /** Starts one. */
  public static ServerPeer start(PeerOptions options) {
    PeerAccount account = PeerAccount.ensure();
    return RunningServer.start(
        NAME,
        options,
        account,
        (workspace, ports) -> {
          workspace.write("passwd", passwordLine(workspace, account));
          Path file = workspace.write("conf", configuration(workspace, ports, options));
          String program = Peers.program(NAME).toString();
          return List.of(program, "--nodaemon", "--config", file.toString());
        });
  }

  private static String passwordLine(Workspace workspace, PeerAccount account) {
    return "%s:%s:%d:%d::%s:/bin/sh%n"
        .formatted(
            PeerAccount.NAME,
            PeerAccount.hashedPassword(),
            account.uid(),
            account.gid(),
            workspace.root());
  }

  private static String configuration(Workspace workspace, PortBlock ports, PeerOptions options) {
    return String.join(
        "\n",
        fixed(workspace),
        variable(ports, options),
        refused(options),
        security(workspace, options.tls()),
        "");
  }

  private static String fixed(Workspace workspace) {
    return """
        ModulePath %s
        ServerName sluice
        ServerType standalone
        User %s
        Group %s
        PidFile %s/pid
        ScoreboardFile %s/scoreboard
        DelayTable none
        DelayEngine off
        ControlsEngine off
        SystemLog %s
        TransferLog none
        WtmpLog off
        AuthOrder mod_auth_file.c
        AuthUserFile %s/passwd
        RequireValidShell off
        UseFtpUsers off
        UseReverseDNS off
        DefaultRoot ~
        Umask 022
        AllowOverwrite on
        AllowRetrieveRestart on
        AllowStoreRestart on
        TimesGMT on
        SocketBindTight on
        MaxInstances 100"""
        .formatted(
            Peers.tree(NAME).resolve("usr/lib/proftpd"),
            PeerAccount.NAME,
            PeerAccount.NAME,
            workspace.base(),
            workspace.base(),
            workspace.logFile(),
            workspace.base());
  }

  private static String variable(PortBlock ports, PeerOptions options) {
    String rate =
        options.bytesPerSecond() == 0
            ? ""
            : "\nTransferRate RETR,STOR,APPE " + options.bytesPerSecond() / 1024.0;
    return """
        UseIPv6 on
        DefaultAddress %s
        Port %d
        PassivePorts %d %d
        TimeoutIdle %d
        TimeoutStalled %d
        TimeoutNoTransfer %d%s"""
        .formatted(
            options.host(),
            ports.control(),
            ports.passiveLow(),
            ports.passiveHigh(),
            options.idleSeconds(),
            options.idleSeconds(),
            options.idleSeconds(),
            rate);
  }

  private static String refused(PeerOptions options) {
    return options.without().isEmpty()
        ? ""
        : "<Limit " + String.join(" ", options.without()) + ">\n  DenyAll\n</Limit>";
  }

  private static String security(Workspace workspace, @Nullable PeerTls tls) {
    if (tls == null) {
      return "";
    }
    PemFiles files = tls.write(workspace);
    return """
        LoadModule mod_tls.c
        TLSEngine on
        TLSProtocol TLSv1.2 TLSv1.3
        TLSRSACertificateFile %s
        TLSRSACertificateKeyFile %s
        TLSLog %s
        TLSRequired %s
        TLSVerifyClient off%s%s"""
        .formatted(
            files.certificate(),
            files.key(),
            workspace.logFile(),
            tls.isRequired() ? "on" : "off",
            tls.resumption() ? "" : "\nTLSOptions NoSessionReuseRequired",
            tls.isImplicit() ? "\nTLSOptions UseImplicitSSL" : "");
  }
}
