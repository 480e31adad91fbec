package dev.sluice.testing;

import dev.sluice.api.BoundServer;
import dev.sluice.api.FileClient;
import dev.sluice.api.FileServer;
import dev.sluice.ftp.FtpSecurity;
import dev.sluice.ftp.FtpServerTls;
import dev.sluice.ftp.client.FtpClient;
import dev.sluice.ftp.server.FtpServer;
import dev.sluice.sftp.client.SftpClient;
import dev.sluice.sftp.server.SftpServer;
import dev.sluice.ssh.Credential;
import dev.sluice.ssh.HostKeyPolicy;
import dev.sluice.ssh.key.Ed25519PrivateKey;
import dev.sluice.ssh.key.SshKeyPair;
import dev.sluice.tls.KeyMaterial;
import dev.sluice.tls.PeerVerification;
import dev.sluice.tls.TlsClientOptions;
import dev.sluice.tls.TlsServerOptions;
import dev.sluice.transport.Transport;
import dev.sluice.transport.door.LoginLimits;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.netty.resources.LoopResources;

/** The servers that were asked for, and their threads. */
final class Running {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final String HOST = "127.0.0.1";
  private static final int LOOPS = 2;
  private static final int BLOCKING_CALLS = 10_000;

  private final Settings settings;
  private final Faults faults;
  private final FaultyStorage files;
  private final LoopResources loops = LoopResources.create("sluice-testing-loop", LOOPS, true);
  private final Scheduler blocking =
      Schedulers.newBoundedElastic(LOOPS, BLOCKING_CALLS, "sluice-testing-io");
  private final List<BoundServer> bound = new ArrayList<>();
  private final Map<Kind, TestServer<?>> servers = new EnumMap<>(Kind.class);
  private @Nullable KeyMaterial certificate;

  enum Kind {
    FTP,
    FTPS,
    SFTP
  }

  Running(Settings settings, Faults faults, FaultyStorage files) {
    this.settings = settings;
    this.faults = faults;
    this.files = files;
  }

  synchronized TestServer<FtpClient> ftp() {
    return once(Kind.FTP, () -> start("ftp", ftpServer(), server -> ftpClient(port(server))));
  }

  synchronized TestServer<FtpClient> ftps() {
    FtpServerTls tls =
        FtpServerTls.explicit(TlsServerOptions.of(certificate()))
            .withRequired(FtpServerTls.Required.LOGIN_AND_DATA);
    TlsClientOptions trust =
        TlsClientOptions.DEFAULT.withVerification(
            PeerVerification.authorities(certificate().chain()));
    return once(
        Kind.FTPS,
        () ->
            start(
                "ftpes",
                ftpServer().tls(tls),
                server -> ftpClient(port(server)).security(FtpSecurity.explicit(trust))));
  }

  synchronized TestServer<SftpClient> sftp() {
    return once(Kind.SFTP, () -> start("sftp", sftpServer(), this::sftpClient));
  }

  synchronized KeyMaterial certificate() {
    KeyMaterial known = certificate;
    if (known == null) {
      known = TestCertificate.generate();
      certificate = known;
    }
    return known;
  }

  /** Ends the servers, then their threads; waits for both. */
  synchronized void close() {
    try {
      bound.forEach(BoundServer::disposeNow);
    } finally {
      blocking.dispose();
      loops.disposeLater(Duration.ZERO, LIMIT).block(LIMIT);
    }
  }

  @SuppressWarnings("unchecked") // each kind has one type of client
  private <C extends FileClient> TestServer<C> once(Kind kind, Supplier<TestServer<C>> start) {
    TestServer<?> known = servers.get(kind);
    if (known == null) {
      known = start.get();
      servers.put(kind, known);
    }
    return (TestServer<C>) known;
  }

  private interface Trusting<C extends FileClient> {
    C client(BoundServer server);
  }

  private <C extends FileClient> TestServer<C> start(
      String scheme, FileServer server, Trusting<C> client) {
    BoundServer running = server.bind().blockOptional(LIMIT).orElseThrow();
    bound.add(running);
    URI uri =
        URI.create(scheme + "://" + settings.first().name() + "@" + HOST + ":" + port(running));
    return new TestServer<>(uri, running.address(), client.client(running));
  }

  private FtpServer ftpServer() {
    FtpServer server =
        FtpServer.create()
            .host(HOST)
            .port(0)
            .storage(files)
            .users(settings.everybody())
            .login(Running::forgiving)
            .transport(this::faulty);
    return settings.ftp().apply(server);
  }

  private SftpServer sftpServer() {
    SftpServer server =
        SftpServer.create()
            .host(HOST)
            .port(0)
            .storage(files)
            .users(settings.everybody())
            .hostKey(SshKeyPair.of(Ed25519PrivateKey.generate(new SecureRandom())))
            .login(Running::forgiving)
            .transport(this::faulty);
    return settings.sftp().apply(server);
  }

  private FtpClient ftpClient(int port) {
    return FtpClient.create(HOST)
        .port(port)
        .credentials(settings.first().name(), settings.first().password())
        .transport(this::threads);
  }

  private SftpClient sftpClient(BoundServer server) {
    return SftpClient.create(HOST)
        .port(port(server))
        .user(settings.first().name())
        .credential(Credential.password(settings.first().password()))
        .hostKeys(HostKeyPolicy.pinned(server.fingerprints().get(0)))
        .transport(this::threads);
  }

  /** A test of refused logins waits for nothing and locks nobody out. */
  private static LoginLimits forgiving(LoginLimits limits) {
    return limits.withDelay(Duration.ZERO).withBanAfter(Integer.MAX_VALUE);
  }

  private Transport threads(Transport transport) {
    return transport.runOn(loops).withScheduler(blocking);
  }

  private Transport faulty(Transport transport) {
    return threads(transport)
        .doOnChannelInit(
            (observer, channel, peer) ->
                channel.pipeline().addFirst("sluice.testing", new WireHandler(faults)));
  }

  private static int port(BoundServer server) {
    return server.address().getPort();
  }
}
