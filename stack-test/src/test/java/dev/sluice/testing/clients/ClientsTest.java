package dev.sluice.testing.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.AuthenticationFailed;
import dev.sluice.api.BoundServer;
import dev.sluice.api.ByteRange;
import dev.sluice.api.FileClient;
import dev.sluice.api.FileSession;
import dev.sluice.api.PeerUntrusted;
import dev.sluice.api.RemotePath;
import dev.sluice.api.TimedOut;
import dev.sluice.api.WriteMode;
import dev.sluice.client.Clients;
import dev.sluice.client.Contents;
import dev.sluice.client.RemoteClient;
import dev.sluice.ftp.FtpServerTls;
import dev.sluice.ftp.client.FtpClient;
import dev.sluice.ftp.server.FtpServer;
import dev.sluice.sftp.client.SftpClient;
import dev.sluice.ssh.HostKeyRefused;
import dev.sluice.storage.memory.MemoryStorage;
import dev.sluice.test.SmallProxy;
import dev.sluice.testing.TestServers;
import dev.sluice.tls.KeyMaterial;
import dev.sluice.tls.PeerVerification;
import dev.sluice.tls.TlsServerOptions;
import dev.sluice.tls.test.TestCertificates;
import dev.sluice.transport.Proxy;
import dev.sluice.transport.connect.TlsTrust;
import dev.sluice.transport.door.StaticUsers;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Clients by URI, with servers that run. */
final class ClientsTest {
  private static final Duration WAIT = Duration.ofSeconds(30);

  @RegisterExtension static final TestServers servers = TestServers.create().user("ann", "secret");

  @ParameterizedTest
  @ValueSource(strings = {"ftp", "ftpes", "sftp"})
  void aUriAndAPasswordAreEnough(String scheme) {
    servers.files().write("/in/x", "hello");
    RemoteClient client = Targets.client(servers, scheme);

    assertThat(read(client, "/in/x")).isEqualTo("hello");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp", "ftpes", "sftp"})
  void thePasswordIsAskedForOnceALoginAndNotOnAnEventLoop(String scheme) {
    servers.files().write("/x", "hello");
    AtomicInteger asked = new AtomicInteger();
    List<Boolean> onLoop = new CopyOnWriteArrayList<>();
    RemoteClient client =
        Targets.client(
            servers,
            scheme,
            c ->
                c.password(
                    Mono.fromCallable(
                        () -> {
                          onLoop.add(Schedulers.isInNonBlockingThread());
                          asked.incrementAndGet();
                          return "secret";
                        })));

    assertThat(read(client, "/x")).isEqualTo("hello");
    assertThat(read(client, "/x")).isEqualTo("hello");
    assertThat(asked).hasValue(2);
    assertThat(onLoop).containsOnly(false);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp", "ftpes", "sftp"})
  void aWrongPasswordIsRefusedAndNotShown(String scheme) {
    RemoteClient client = Targets.client(servers, scheme, c -> c.password("wr0ng"));

    assertThatThrownBy(() -> read(client, "/x"))
        .isInstanceOf(AuthenticationFailed.class)
        .hasMessageNotContaining("wr0ng");
    assertThat(client.toString()).doesNotContain("wr0ng");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp", "sftp"})
  void aLoginComesFromNetrc(String scheme, @TempDir Path directory) throws IOException {
    servers.files().write("/x", "hello");
    Path netrc =
        Files.writeString(
            directory.resolve("netrc"), "machine 127.0.0.1 login ann password secret");
    Files.setPosixFilePermissions(netrc, PosixFilePermissions.fromString("rw-------"));
    int port = Targets.server(servers, scheme).port();
    RemoteClient client =
        Clients.of(
            URI.create(scheme + "://127.0.0.1:" + port),
            c -> Targets.trusting(servers, scheme, c).netrc(netrc));

    assertThat(read(client, "/x")).isEqualTo("hello");
  }

  @Test
  void anUnknownHostKeyIsRefusedAndANewOneIsAcceptedIfAskedFor(@TempDir Path directory) {
    servers.files().write("/x", "hello");
    Path known = directory.resolve("known_hosts");
    URI uri = Targets.uri(servers, "sftp", "/");

    assertThatThrownBy(
            () -> read(Clients.of(uri, c -> c.password("secret").knownHosts(known)), "/x"))
        .isInstanceOf(HostKeyRefused.class);

    assertThat(read(Clients.of(uri, c -> c.password("secret").acceptNewHostKeys(known)), "/x"))
        .isEqualTo("hello");
    assertThat(read(Clients.of(uri, c -> c.password("secret").knownHosts(known)), "/x"))
        .isEqualTo("hello");
  }

  @Test
  void anAuthorityInAFileIsTrusted(@TempDir Path directory)
      throws IOException, CertificateEncodingException {
    servers.files().write("/x", "hello");
    Path file = directory.resolve("ca.pem");
    String base64 = Base64.getMimeEncoder().encodeToString(servers.certificate().getEncoded());
    Files.writeString(
        file, "-----BEGIN CERTIFICATE-----\n" + base64 + "\n-----END CERTIFICATE-----\n");
    URI uri = Targets.uri(servers, "ftpes", "/");

    assertThat(read(Clients.of(uri, c -> c.password("secret").trust(file)), "/x"))
        .isEqualTo("hello");
  }

  @Test
  void thePathOfTheUriIsSeenFromTheRootOrFromHome() {
    RemoteClient client = Targets.client(servers, "sftp");

    RemotePath home =
        with(client, session -> Clients.path(Targets.uri(servers, "sftp", "/~/in/x"), session));
    RemotePath root = with(client, session -> client.path(session));

    assertThat(home).isEqualTo(RemotePath.of("/in/x"));
    assertThat(root).isEqualTo(RemotePath.root());
  }

  @Test
  void aSettingThatTheSchemeCannotUseIsNamedWithThoseThatCan() {
    assertThatThrownBy(() -> Clients.of(URI.create("ftp://h"), c -> c.keyFile(Path.of("k"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("ftp: has no use for keyFile, which is for sftp:");
    assertThatThrownBy(() -> Clients.of(URI.create("sftp://a@h"), c -> c.trust(TlsTrust.system())))
        .hasMessage("sftp: has no use for trust, which is for ftpes:, ftps:");
    assertThatThrownBy(
            () -> Clients.of(URI.create("sftp://a@h"), c -> c.tune(FtpClient.class, f -> f)))
        .hasMessageContaining("tune(FtpClient)")
        .hasMessageContaining("SftpClient");
  }

  @Test
  void anUnknownSchemeNamesThoseThatAreKnown() {
    assertThatThrownBy(() -> Clients.of(URI.create("nfs://u:s3cret@h/")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("ftp:, ftpes:, ftps:, mem:, sftp:")
        .hasMessageNotContaining("s3cret");
    assertThat(Clients.schemes()).contains("file", "ftp", "ftpes", "ftps", "mem", "sftp");
  }

  @Test
  void whatOnlyOneProtocolHasIsTuned() {
    AtomicInteger ftp = new AtomicInteger();
    AtomicInteger sftp = new AtomicInteger();
    servers.files().write("/x", "hello");

    read(
        Targets.client(
            servers,
            "ftp",
            c -> c.tune(FtpClient.class, f -> f.trace(line -> ftp.incrementAndGet()))),
        "/x");
    read(
        Targets.client(
            servers,
            "sftp",
            c -> c.tune(SftpClient.class, s -> s.trace(line -> sftp.incrementAndGet()))),
        "/x");

    assertThat(ftp.get()).isPositive();
    assertThat(sftp.get()).isPositive();
  }

  @Test
  void filesOfThisMachineAndOfItsMemoryHaveUris(@TempDir Path directory) {
    RemoteClient disk = Clients.of(directory.resolve("x").toUri());
    with(
        disk,
        session ->
            disk.path(session)
                .flatMap(
                    path ->
                        session.write(
                            path, WriteMode.replace(), Contents.of("hi", StandardCharsets.UTF_8)))
                .thenReturn(true));
    assertThat(directory.resolve("x")).hasContent("hi");

    URI memory = URI.create("mem://" + directory.getFileName() + "/x");
    with(
        Clients.of(memory),
        session ->
            session
                .write(
                    RemotePath.of("/x"),
                    WriteMode.replace(),
                    Contents.of("there", StandardCharsets.UTF_8))
                .thenReturn(true));
    assertThat(read(Clients.of(memory), "/x")).isEqualTo("there");
    assertThatThrownBy(() -> Clients.of(memory, c -> c.password("x")))
        .hasMessageContaining("mem: has no use for password");
  }

  @Test
  void withoutAUserOrAPasswordTheRemedyIsNamed() {
    int port = servers.sftp().port();

    assertThatThrownBy(
            () ->
                read(
                    Clients.of(
                        URI.create("sftp://127.0.0.1:" + port),
                        c -> Targets.trusting(servers, "sftp", c)),
                    "/x"))
        .isInstanceOf(AuthenticationFailed.class)
        .hasMessageContaining("user(...)");
    assertThatThrownBy(() -> read(Clients.of(Targets.uri(servers, "ftp", "/")), "/x"))
        .isInstanceOf(AuthenticationFailed.class)
        .hasMessageContaining("password(...)");
  }

  @Test
  void tlsFromTheFirstOctetHasASchemeOfItsOwn() {
    KeyMaterial certificate = TestCertificates.selfSigned(TestCertificates.Wish.named("localhost"));
    BoundServer server =
        FtpServer.create()
            .host("127.0.0.1")
            .port(0)
            .tls(FtpServerTls.implicit(TlsServerOptions.of(certificate)))
            .storage(MemoryStorage.create())
            .users(StaticUsers.of("ann", "secret"))
            .bind()
            .blockOptional(WAIT)
            .orElseThrow();
    try {
      URI uri = URI.create("ftps://ann@127.0.0.1:" + server.address().getPort());
      String pin = PeerVerification.pin(certificate.chain().get(0));

      RemoteClient pinned = Clients.of(uri, c -> c.password("secret").trust(TlsTrust.pinned(pin)));
      boolean there = with(pinned, session -> session.exists(RemotePath.root()));
      assertThat(there).isTrue();
      assertThatThrownBy(() -> read(Clients.of(uri, c -> c.password("secret")), "/x"))
          .isInstanceOf(PeerUntrusted.class);
    } finally {
      server.disposeNow();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp", "sftp"})
  void connectionsGoThroughAProxy(String scheme) throws IOException {
    servers.files().write("/x", "hello");
    try (SmallProxy proxy = new SmallProxy()) {
      RemoteClient client =
          Targets.client(servers, scheme, c -> c.proxy(Proxy.socks5("127.0.0.1", proxy.port())));

      assertThat(read(client, "/x")).isEqualTo("hello");
      assertThat(proxy.targets()).contains("127.0.0.1:" + Targets.server(servers, scheme).port());
    }
  }

  @Test
  void aManagerThatRefusesACertificateIsHeard() {
    X509TrustManager nobody = new NobodyTrusted();

    assertThatThrownBy(
            () ->
                read(
                    Clients.of(
                        Targets.uri(servers, "ftpes", "/"),
                        c -> c.password("secret").trust(TlsTrust.by(nobody))),
                    "/x"))
        .isInstanceOf(PeerUntrusted.class)
        .hasStackTraceContaining("nobody is trusted");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp", "sftp"})
  void aServerThatDoesNotAnswerEndsInATimeOut(String scheme) {
    int port = Targets.server(servers, scheme).port();
    servers.latency(Duration.ofMinutes(1));

    assertThatThrownBy(
            () ->
                read(
                    Targets.client(
                        servers,
                        scheme,
                        c ->
                            c.connectTimeout(Duration.ofMillis(200))
                                .replyTimeout(Duration.ofMillis(200))),
                    "/x"))
        .isInstanceOf(TimedOut.class);
    assertThat(port).isPositive();
  }

  private static final class NobodyTrusted implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType)
        throws CertificateException {
      throw new CertificateException("nobody is trusted");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType)
        throws CertificateException {
      throw new CertificateException("nobody is trusted");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }

  static String read(FileClient client, String file) {
    return with(
        client,
        session ->
            Contents.text(
                session.read(RemotePath.of(file), ByteRange.all()),
                StandardCharsets.UTF_8,
                1 << 20));
  }

  static <T> T with(FileClient client, Function<FileSession, Mono<T>> work) {
    return Mono.usingWhen(client.connect(), work, FileSession::close)
        .blockOptional(WAIT)
        .orElseThrow();
  }
}
