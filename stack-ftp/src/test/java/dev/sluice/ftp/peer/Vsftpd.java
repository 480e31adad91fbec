package dev.sluice.ftp.peer;

import dev.sluice.test.peer.Peers;
import dev.sluice.tls.test.TestCertificates.PemFiles;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** vsftpd with one system account, jailed in {@link ServerPeer#root()}; needs root. */
public final class Vsftpd {
  private static final String NAME = "vsftpd";

  private Vsftpd() {}

  /** Starts one. */
  public static ServerPeer start(PeerOptions options) {
    return RunningServer.start(
        NAME,
        options,
        PeerAccount.ensure(),
        (workspace, ports) -> {
          Path file = workspace.write("conf", configuration(workspace, ports, options));
          return List.of(Peers.program(NAME).toString(), file.toString());
        });
  }

  private static String configuration(Workspace workspace, PortBlock ports, PeerOptions options) {
    return String.join(
        "\n",
        fixed(),
        listening(ports, options),
        limits(workspace, options),
        security(workspace, options.tls()),
        "");
  }

  // Sandboxes often lack the rights for vsftpd's own name spaces and its seccomp filter.
  private static String fixed() {
    return """
        background=NO
        anonymous_enable=NO
        local_enable=YES
        write_enable=YES
        local_umask=022
        chroot_local_user=YES
        allow_writeable_chroot=YES
        ascii_upload_enable=YES
        ascii_download_enable=YES
        mdtm_write=YES
        ls_recurse_enable=YES
        utf8_filesystem=YES
        use_localtime=NO
        connect_from_port_20=NO
        seccomp_sandbox=NO
        isolate=NO
        isolate_network=NO
        max_per_ip=0
        delay_failed_login=0
        xferlog_enable=YES
        xferlog_std_format=NO
        log_ftp_protocol=YES
        pam_service_name=%s"""
        .formatted(PeerAccount.PAM_SERVICE);
  }

  private static String listening(PortBlock ports, PeerOptions options) {
    return """
        listen=%s
        listen_ipv6=%s
        %s=%s
        listen_port=%d
        pasv_min_port=%d
        pasv_max_port=%d"""
        .formatted(
            options.ipv6() ? "NO" : "YES",
            options.ipv6() ? "YES" : "NO",
            options.ipv6() ? "listen_address6" : "listen_address",
            options.host(),
            ports.control(),
            ports.passiveLow(),
            ports.passiveHigh());
  }

  private static String limits(Workspace workspace, PeerOptions options) {
    String denied =
        options.without().isEmpty() ? "" : "\ncmds_denied=" + String.join(",", options.without());
    return """
        local_root=%s
        secure_chroot_dir=%s
        vsftpd_log_file=%s
        idle_session_timeout=%d
        data_connection_timeout=%d
        local_max_rate=%d%s"""
        .formatted(
            workspace.root(),
            workspace.empty(),
            workspace.logFile(),
            options.idleSeconds(),
            options.idleSeconds(),
            options.bytesPerSecond(),
            denied);
  }

  private static String security(Workspace workspace, @Nullable PeerTls tls) {
    if (tls == null) {
      return "";
    }
    PemFiles files = tls.write(workspace);
    return """
        ssl_enable=YES
        ssl_tlsv1=YES
        ssl_ciphers=HIGH
        rsa_cert_file=%s
        rsa_private_key_file=%s
        force_local_logins_ssl=%s
        force_local_data_ssl=%s
        require_ssl_reuse=%s
        implicit_ssl=%s"""
        .formatted(
            files.certificate(),
            files.key(),
            yes(tls.isRequired()),
            yes(tls.isRequired()),
            yes(tls.resumption()),
            yes(tls.isImplicit()));
  }

  private static String yes(boolean so) {
    return so ? "YES" : "NO";
  }
}
