package dev.sluice.server.listen;

import dev.sluice.api.BoundServer;
import dev.sluice.ftp.FtpServerData;
import dev.sluice.ftp.FtpServerTls;
import dev.sluice.ftp.server.FtpServer;
import dev.sluice.server.config.BanConfig;
import dev.sluice.server.config.FtpConfig;
import dev.sluice.server.config.LimitsConfig;
import dev.sluice.server.config.ListenerConfig;
import dev.sluice.server.config.ServerConfig;
import dev.sluice.server.config.SftpConfig;
import dev.sluice.server.config.SshConfig;
import dev.sluice.sftp.HostKeyDirectory;
import dev.sluice.sftp.server.SftpServer;
import dev.sluice.ssh.SshSecurity;
import dev.sluice.ssh.server.SshServer;
import dev.sluice.tls.KeyMaterial;
import dev.sluice.tls.TlsServerOptions;
import dev.sluice.transport.Network;
import dev.sluice.transport.Transport;
import dev.sluice.transport.door.LoginLimits;
import dev.sluice.transport.door.SessionLimits;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * A listener of a document, ready to run: what it needs of files has been read.
 *
 * @param config the listener
 * @param server the document that it belongs to
 * @param certificate shown to clients of FTPS; null = there is none
 * @param stamp differs when one of the files has changed
 */
public record Listening(
    ListenerConfig config, ServerConfig server, @Nullable KeyMaterial certificate, String stamp) {
  private static final int DEFAULT_IMPLICIT_PORT = 990;

  /** Whether it would do the same as {@code other}. */
  public boolean sameAs(Listening other) {
    return config.equals(other.config)
        && stamp.equals(other.stamp)
        && server.limits().equals(other.server.limits());
  }

  /** Binds its address. */
  public Mono<BoundServer> bind(Access access) {
    return (isSftp() ? sftp(access) : ftp(access)).bind();
  }

  /** Emits what gives new sessions of {@code running} these settings, and cannot fail. */
  public Mono<Runnable> successorOf(BoundServer running, Access access) {
    return isSftp() ? sftp(access).successorOf(running) : ftp(access).successorOf(running);
  }

  /** What clients of {@code bound} see as the certificate; empty = there is none. */
  public Optional<ShownCertificate> shown(BoundServer bound) {
    return Optional.ofNullable(certificate)
        .map(material -> material.chain().get(0))
        .map(
            first ->
                new ShownCertificate(
                    url(config.url(), bound),
                    first.getSubjectX500Principal().getName(),
                    first.getNotAfter().toInstant()));
  }

  /** The address in the words of the document, with the port that was chosen. */
  public static String url(URI url, BoundServer bound) {
    return url.getScheme() + "://" + url.getHost() + ":" + bound.address().getPort();
  }

  private boolean isSftp() {
    return config.url().getScheme().equals("sftp");
  }

  private FtpServer ftp(Access access) {
    FtpConfig ftp = config.protocols().ftp();
    FtpServer all =
        FtpServer.create()
            .host(host())
            .storage(access.files())
            .users(access.users())
            .timeouts(t -> ftp.timeouts())
            .limits(l -> ftp.limits())
            .sessions(s -> places(ftp.sessions()))
            .login(l -> login(ftp.login(), FtpConfig.DEFAULT.login()))
            .data(d -> data(ftp))
            .dialogue(d -> ftp.dialogue())
            .transport(this::balanced)
            .observer(access.observer());
    int port = config.url().getPort();
    FtpServer placed = port < 0 ? all.port(defaultPort()) : all.port(port);
    KeyMaterial shown = certificate;
    return shown == null ? placed : placed.tls(tls(ftp, shown));
  }

  private int defaultPort() {
    return config.url().getScheme().equals("ftps") ? DEFAULT_IMPLICIT_PORT : 21;
  }

  private FtpServerTls tls(FtpConfig ftp, KeyMaterial shown) {
    String scheme = config.url().getScheme();
    FtpServerTls.Required asked = ftp.tls().required();
    boolean always = scheme.equals("ftpes") || scheme.equals("ftps");
    return new FtpServerTls(
        scheme.equals("ftps") ? FtpServerTls.Start.IMPLICIT : FtpServerTls.Start.EXPLICIT,
        TlsServerOptions.of(shown),
        always && asked == FtpServerTls.Required.NOTHING ? FtpServerTls.Required.LOGIN : asked,
        ftp.tls().resumption(),
        ftp.tls().clearingAllowed());
  }

  private FtpServerData data(FtpConfig ftp) {
    return new FtpServerData(
        config.passive().ports(),
        PassiveAddress.of(config.passive()),
        ftp.data().active(),
        ftp.data().foreignAddresses(),
        ftp.data().inflate());
  }

  private SftpServer sftp(Access access) {
    SftpConfig sftp = config.protocols().sftp();
    Path own = config.hostKeys();
    Path directory = own == null ? server.hostKeys() : own;
    if (directory == null) {
      throw new IllegalStateException("checked with the document");
    }
    return SftpServer.create()
        .ssh(ssh -> ssh(ssh, config.protocols().ssh()))
        .host(host())
        .port(config.url().getPort() < 0 ? 22 : config.url().getPort())
        .storage(access.files())
        .users(access.users())
        .limits(l -> sftp.limits())
        .highestVersion(sftp.highestVersion())
        .uploads(u -> sftp.uploads())
        .symlinks(sftp.symlinks())
        .hostKeys(new HostKeyDirectory(directory, true))
        .transport(this::balanced)
        .observer(access.observer());
  }

  private SshServer ssh(SshServer base, SshConfig ssh) {
    return base.security(security -> security(security, ssh))
        .timeouts(t -> ssh.timeouts())
        .limits(l -> ssh.limits())
        .windows(w -> ssh.windows())
        .keepalive(k -> ssh.keepalive())
        .sessions(s -> places(ssh.sessions()))
        .login(l -> login(ssh.login(), SshConfig.DEFAULT.login()))
        .software(ssh.software())
        .authentication(a -> a.withBanner(ssh.banner()));
  }

  private static SshSecurity security(SshSecurity before, SshConfig ssh) {
    return new SshSecurity(
        ssh.security().legacyAlgorithms()
            ? before.algorithms().withDangerouslyOldOnes()
            : before.algorithms(),
        ssh.security().minRsaBits(),
        ssh.security().strictOnly(),
        ssh.security().rekey());
  }

  /** The limits of the document count where the listener has none of its own. */
  private SessionLimits places(SessionLimits own) {
    LimitsConfig all = server.limits();
    return own.equals(SessionLimits.DEFAULT)
        ? own.withTotal(all.sessions()).withPerAddress(all.sessionsPerAddress())
        : own;
  }

  private LoginLimits login(LoginLimits own, LoginLimits standard) {
    BanConfig ban = server.limits().ban();
    List<Network> never =
        Stream.concat(own.neverBanned().stream(), ban.never().stream()).distinct().toList();
    boolean same =
        own.banAfter() == standard.banAfter() && own.banTime().equals(standard.banTime());
    return (same ? own.withBanAfter(ban.failures()).withBanTime(ban.for_()) : own)
        .withNeverBanned(never);
  }

  private Transport balanced(Transport transport) {
    return config.proxyProtocol() == null
        ? transport
        : BalancerHeader.expected(transport, config.proxyProtocol());
  }

  private String host() {
    String host = config.url().getHost();
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }
}
