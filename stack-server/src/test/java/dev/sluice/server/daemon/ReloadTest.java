package dev.sluice.server.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.AuthenticationFailed;
import dev.sluice.api.ByteRange;
import dev.sluice.api.ConnectFailed;
import dev.sluice.api.FileSession;
import dev.sluice.api.PeerUntrusted;
import dev.sluice.api.RemotePath;
import dev.sluice.api.WriteMode;
import dev.sluice.api.observe.SessionObserver;
import dev.sluice.client.Clients;
import dev.sluice.client.RemoteClient;
import dev.sluice.server.config.ConfigReader;
import dev.sluice.server.config.ServerConfig;
import dev.sluice.tls.test.TestCertificates;
import dev.sluice.transport.Network;
import dev.sluice.transport.connect.HostTrust;
import dev.sluice.transport.connect.TlsTrust;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A reload swaps all or nothing, and sessions in progress do not notice. */
final class ReloadTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration UNDER_LOAD = Duration.ofSeconds(15);
  private static final int RELOADS = 200;
  private static final byte[] SALT = new byte[16];
  private static final String ANN = OpenBSDBCrypt.generate("secret".toCharArray(), SALT, 4);

  @TempDir private Path directory;
  private Daemon daemon;

  @BeforeEach
  void start() throws IOException {
    Files.createDirectories(directory.resolve("home"));
    Files.copy(
        new TestCertificates().write(directory).authority(), directory.resolve("trusted.crt"));
    daemon =
        Daemon.start(document("ann", "1m", ""), new ConfiguredAccess()::of, SessionObserver.NONE)
            .block(PATIENCE);
  }

  @AfterEach
  void stop() {
    daemon.drain(Duration.ZERO).block(PATIENCE);
  }

  @Test
  void twoHundredReloadsUnderLoadLoseNoSessionAndHarmNoTransfer() throws Exception {
    List<Client> clients =
        List.of(
            new Client("ftp", 0),
            new Client("ftps", 1),
            new Client("sftp", 2),
            new Client("ftp", 3));
    Flux<Integer> reloads =
        Flux.range(1, RELOADS)
            .concatMap(
                number ->
                    Mono.fromCallable(
                            () ->
                                document(
                                    number % 2 == 0 ? "ann" : "ann, bob", (30 + number) + "s", ""))
                        .flatMap(daemon::reload)
                        .thenReturn(number));
    Mono<Integer> all = reloads.last().cache();

    List<Integer> rounds =
        Flux.fromIterable(clients)
            .flatMap(client -> client.work(all))
            .collectList()
            .block(UNDER_LOAD.plus(PATIENCE));

    assertThat(all.block(PATIENCE)).isEqualTo(RELOADS);
    assertThat(rounds).hasSize(clients.size()).allMatch(done -> done > 1);
    assertThat(daemon.config().listeners().get(0).protocols().ftp().timeouts().idle())
        .isEqualTo(Duration.ofSeconds(30 + RELOADS));
  }

  @Test
  void aDocumentThatCannotTakeEffectChangesNothing() throws Exception {
    String before = daemon.urls().toString();
    try (ServerSocket taken = new ServerSocket(0)) {
      ServerConfig clash =
          document("bob", "1m", "  - url: ftp://127.0.0.1:" + taken.getLocalPort() + "\n");
      assertThatThrownBy(() -> daemon.reload(clash).block(PATIENCE))
          .isInstanceOf(ConnectFailed.class);
    }
    Files.writeString(directory.resolve("bad.pem"), "no certificate");
    ServerConfig bad =
        document(
            "bob",
            "1m",
            "  - url: ftps://127.0.0.1:0\n    tls: { certificate: bad.pem, key: bad.pem }\n");
    assertThatThrownBy(() -> daemon.reload(bad).block(PATIENCE)).hasMessageContaining("bad.pem");

    ServerConfig quota = document("ann", "1m", "");
    ServerConfig unkept =
        quota.withLimits(quota.limits().withDeny(List.of(Network.parse("192.0.2.0/24"))));
    assertThatThrownBy(() -> daemon.reload(unkept).block(PATIENCE))
        .hasMessageContaining("limits.deny, which this version does not carry out");

    assertThat(daemon.urls()).hasToString(before);
    login("ftp", "ann").flatMap(FileSession::close).block(PATIENCE);
    assertThatThrownBy(() -> login("sftp", "bob").block(PATIENCE))
        .isInstanceOf(AuthenticationFailed.class);
  }

  @Test
  void whoLosesTheirAccountKeepsTheSessionAndGetsNoOther() throws Exception {
    for (String scheme : List.of("ftp", "ftps", "sftp")) {
      FileSession session = login(scheme, "ann").block(PATIENCE);
      daemon.reload(document("bob", "1m", "")).block(PATIENCE);

      assertThat(session.list(RemotePath.of("/")).collectList().block(PATIENCE)).isEmpty();
      assertThatThrownBy(() -> login(scheme, "ann").block(PATIENCE))
          .isInstanceOf(AuthenticationFailed.class);
      login(scheme, "bob").flatMap(FileSession::close).block(PATIENCE);

      session.close().block(PATIENCE);
      daemon.reload(document("ann", "1m", "")).block(PATIENCE);
    }
  }

  @Test
  void aListenerThatIsGoneAcceptsNobodyAndKeepsItsSessions() throws Exception {
    String more = "  - url: ftp://127.0.0.1:0\n    ftp: { timeouts: { idle: 9m } }\n";
    daemon.reload(document("ann", "1m", more)).block(PATIENCE);
    RemoteClient client = client(daemon.urls().get(3), "ann");
    FileSession session = client.connect().block(PATIENCE);

    daemon.reload(document("ann", "1m", "")).block(PATIENCE);

    assertThat(daemon.urls()).hasSize(3);
    assertThat(session.list(RemotePath.of("/")).collectList().block(PATIENCE)).isEmpty();
    assertThatThrownBy(() -> client.connect().block(PATIENCE)).isInstanceOf(ConnectFailed.class);
    session.close().block(PATIENCE);
  }

  @Test
  void aRenewedCertificateIsShownToNewSessionsOnly() throws Exception {
    FileSession before = login("ftps", "ann").block(PATIENCE);
    new TestCertificates().write(directory);
    daemon.reload(document("ann", "1m", "")).block(PATIENCE);

    before.write(RemotePath.of("/f"), WriteMode.createNew(), text("x")).block(PATIENCE);
    assertThatThrownBy(() -> login("ftps", "ann").block(PATIENCE))
        .isInstanceOf(PeerUntrusted.class);
    before.close().block(PATIENCE);
  }

  @Test
  void aDrainEndsSessionsThatMoveNothingLongBeforeItsTime() {
    FileSession ftp = login("ftp", "ann").block(PATIENCE);
    FileSession sftp = login("sftp", "ann").block(PATIENCE);

    daemon.drain(Duration.ofHours(1)).block(PATIENCE);

    ftp.onClosed().onErrorComplete().block(PATIENCE);
    sftp.onClosed().onErrorComplete().block(PATIENCE);
    assertThat(daemon.live().sessions()).isEmpty();
  }

  /** One session for the whole time, in which files are written and read again. */
  private final class Client {
    private final String scheme;
    private final int number;
    private final byte[] content = new byte[200_000];

    Client(String scheme, int number) {
      this.scheme = scheme;
      this.number = number;
      new Random(number).nextBytes(content);
    }

    Mono<Integer> work(Mono<Integer> reloads) {
      return Mono.usingWhen(
          login(scheme, "ann"),
          session -> round(session).repeat().takeUntilOther(reloads).count().map(Long::intValue),
          FileSession::close);
    }

    private Mono<Boolean> round(FileSession session) {
      RemotePath file = RemotePath.of("/load" + number);
      return session
          .write(file, WriteMode.replace(), Mono.fromSupplier(() -> Unpooled.copiedBuffer(content)))
          .thenMany(session.read(file, ByteRange.all()))
          .reduceWith(Unpooled::buffer, ReloadTest::joined)
          .doOnDiscard(ByteBuf.class, ByteBuf::release) // of a read that the last reload cancels
          .doOnNext(read -> assertThat(ByteBufUtil.getBytes(read)).isEqualTo(content))
          .thenReturn(true);
    }
  }

  private static ByteBuf joined(ByteBuf all, ByteBuf more) {
    try {
      return all.writeBytes(more);
    } finally {
      more.release();
    }
  }

  private static Mono<ByteBuf> text(String text) {
    return Mono.fromSupplier(() -> Unpooled.copiedBuffer(text, StandardCharsets.UTF_8));
  }

  private Mono<FileSession> login(String scheme, String user) {
    int place = List.of("ftp", "ftps", "sftp").indexOf(scheme);
    return client(daemon.urls().get(place), user).connect();
  }

  private RemoteClient client(String url, String user) {
    URI known = URI.create(url.replace("://", "://" + user + ":secret@"));
    TlsTrust trust = TlsTrust.authorities(directory.resolve("trusted.crt"));
    return Clients.of(
        known,
        settings ->
            switch (known.getScheme()) {
              case "ftp" -> settings;
              case "ftps" -> settings.trust(trust);
              default -> settings.hostKeys(HostTrust.dangerouslyTrustAnyone());
            });
  }

  /**
   * @param more lines of further listeners
   */
  private ServerConfig document(String users, String idle, String more) throws IOException {
    StringBuilder text = new StringBuilder("listeners:\n");
    for (String scheme : List.of("ftp", "ftps", "sftp")) {
      text.append("  - url: ").append(scheme).append("://127.0.0.1:0\n");
    }
    text.append(more)
        .append("ftp: { timeouts: { idle: ")
        .append(idle)
        .append(" } }\nssh: { timeouts: { exchange: ")
        .append(idle)
        .append(
            " } }\nhostKeys: keys\ntls: { certificate: server.crt, key: server.key }\nusers:\n");
    for (String user : users.split(", ")) {
      text.append("  - { name: ").append(user).append(", home: ").append(directory.resolve("home"));
      text.append(", password: '").append(ANN).append("' }\n");
    }
    Path file = Files.writeString(directory.resolve("s.yaml"), text);
    return ConfigReader.read(file, Map.<String, String>of()::get).config();
  }
}
