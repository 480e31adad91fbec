package dev.sluice.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.FileSession;
import dev.sluice.client.Clients;
import dev.sluice.server.config.AdminConfig;
import dev.sluice.server.config.ConfigReader;
import dev.sluice.server.config.Secret;
import dev.sluice.server.config.ServerConfig;
import dev.sluice.server.daemon.ConfiguredAccess;
import dev.sluice.server.daemon.Daemon;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;

/** What an operator asks for over HTTP. */
final class AdminServerTest {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final String TOKEN = "Bearer t0ken";

  private final HttpClient http = HttpClient.newHttpClient();
  private final AdminServer admin = AdminServer.create();
  private final AtomicInteger stops = new AtomicInteger();

  @TempDir private Path directory;
  private Daemon daemon;
  private DisposableServer server;
  private Path file;

  @BeforeEach
  void start() throws IOException {
    String hash = OpenBSDBCrypt.generate("secret".toCharArray(), new byte[16], 4);
    file = directory.resolve("s.yaml");
    Files.writeString(
        file,
        "listeners: [ { url: ftp://127.0.0.1:0 } ]\nusers:\n  - { name: ann, home: '"
            + directory
            + "', password: '"
            + hash
            + "' }\n");
    daemon = Daemon.start(read(), new ConfiguredAccess()::of, admin.observer()).block(PATIENCE);
    AdminConfig config = new AdminConfig("127.0.0.1:0", new Secret("t0ken"));
    Mono<Void> reload = Mono.fromCallable(this::read).flatMap(daemon::reload);
    server = admin.start(config, daemon, reload, stops::incrementAndGet).block(PATIENCE);
  }

  @AfterEach
  void stop() {
    server.disposeNow();
    daemon.drain(Duration.ZERO).block(PATIENCE);
  }

  @Test
  void aServerThatWorksIsAliveAndReadyUntilItDrains() throws Exception {
    assertThat(get("/health/live", "").statusCode()).isEqualTo(200);
    assertThat(get("/health/ready", "").statusCode()).isEqualTo(200);

    daemon.drain(Duration.ZERO).block(PATIENCE);

    assertThat(get("/health/live", "").statusCode()).isEqualTo(200);
    assertThat(get("/health/ready", "").statusCode()).isEqualTo(503);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/v1/status", "/api/v1/sessions", "/api/v1/reload", "/api/v1/drain"})
  void nothingButHealthAndMetricsIsOpen(String path) throws Exception {
    String method = path.endsWith("s") ? "GET" : "POST";
    for (String wrong : new String[] {"", "Bearer ", "Bearer t0ke", "Bearer t0ken2", "t0ken"}) {
      HttpResponse<String> answer = ask(method, path, wrong);
      assertThat(answer.statusCode()).isEqualTo(401);
      assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer");
      assertThat(answer.body()).doesNotContain("t0ken");
    }
    assertThat(stops).hasValue(0);
  }

  @Test
  void aSessionIsSeenAndEnded() throws Exception {
    FileSession session = login();
    long id = daemon.live().sessions().get(0).session().id();

    assertThat(get("/api/v1/sessions", TOKEN).body())
        .contains("\"id\":" + id, "\"user\":\"ann\"", "\"transfers\":[]");
    assertThat(ask("DELETE", "/api/v1/sessions/" + id, TOKEN).statusCode()).isEqualTo(204);

    session.onClosed().onErrorComplete().block(PATIENCE);
    assertThat(ask("DELETE", "/api/v1/sessions/" + id, TOKEN).statusCode()).isEqualTo(404);
    assertThat(ask("DELETE", "/api/v1/sessions/x", TOKEN).statusCode()).isEqualTo(404);
  }

  @Test
  void metricsCountTheSessions() throws Exception {
    FileSession session = login();

    assertThat(get("/metrics", "").body()).contains("sluice_", "protocol=\"ftp\"");
    session.close().block(PATIENCE);
  }

  @Test
  void aReloadThatFailsNamesAllFaults() throws Exception {
    assertThat(ask("POST", "/api/v1/reload", TOKEN).statusCode()).isEqualTo(200);

    Files.writeString(file, "listeners: []\ndrain: soon\nlimit: 1\n");
    HttpResponse<String> answer = ask("POST", "/api/v1/reload", TOKEN);

    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(answer.body()).contains("drain: \\\"soon\\\" is no time", "did you mean limits?");
    assertThat(daemon.config().listeners()).hasSize(1);
  }

  @Test
  void aDrainIsBegunOnce() throws Exception {
    assertThat(ask("POST", "/api/v1/drain", TOKEN).statusCode()).isEqualTo(202);
    assertThat(stops).hasValue(1);
  }

  @Test
  void aHeaderThatIsTooLongIsRefused() throws Exception {
    assertThat(get("/api/v1/status", "Bearer " + "x".repeat(10_000)).statusCode()).isIn(413, 431);
  }

  private FileSession login() {
    String url = daemon.urls().get(0).replace("://", "://ann:secret@");
    return Clients.of(URI.create(url)).connect().block(PATIENCE);
  }

  private HttpResponse<String> get(String path, String token) throws Exception {
    return ask("GET", path, token);
  }

  private HttpResponse<String> ask(String method, String path, String token) throws Exception {
    InetSocketAddress at = (InetSocketAddress) server.address();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + at.getPort() + path))
            .timeout(PATIENCE)
            .method(method, HttpRequest.BodyPublishers.noBody());
    if (!token.isEmpty()) {
      request.header("Authorization", token);
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private ServerConfig read() {
    return ConfigReader.read(file, Map.<String, String>of()::get).config();
  }
}
