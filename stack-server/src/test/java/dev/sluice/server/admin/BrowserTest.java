package dev.sluice.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.FileSession;
import dev.sluice.api.RemotePath;
import dev.sluice.api.WriteMode;
import dev.sluice.client.Clients;
import dev.sluice.server.config.AdminConfig;
import dev.sluice.server.config.ConfigReader;
import dev.sluice.server.config.Secret;
import dev.sluice.server.config.ServerConfig;
import dev.sluice.server.daemon.ConfiguredAccess;
import dev.sluice.server.daemon.Daemon;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;

/** The page, as an operator uses it and as others try to. */
@Timeout(120)
final class BrowserTest {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Pattern SECRET = Pattern.compile("name=\"secret\" value=\"([^\"]+)\"");

  private final HttpClient http = HttpClient.newHttpClient();
  private final HandClock clock = new HandClock();
  private final AdminServer admin = AdminServer.create(clock);
  private final AtomicInteger stops = new AtomicInteger();

  @TempDir private Path directory;
  private Daemon daemon;
  private DisposableServer server;
  private Path file;

  @BeforeEach
  void start() throws IOException {
    String hash = OpenBSDBCrypt.generate("secret".toCharArray(), new byte[16], 4);
    file = directory.resolve("s.yaml");
    Path home = Files.createDirectory(directory.resolve("home"));
    Files.writeString(
        file,
        "listeners: [ { url: ftp://127.0.0.1:0 } ]\nusers:\n  - { name: ann, home: '"
            + home
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
  void theTokenOpensThePage() throws Exception {
    HttpResponse<String> first = get("/", "");
    assertThat(first.body()).contains("type=\"password\"").doesNotContain("ann");

    HttpResponse<String> in = post("/login", "", "token=t0ken");
    String cookie = cookie(in);

    assertThat(in.statusCode()).isEqualTo(303);
    assertThat(in.headers().firstValue("Set-Cookie").orElseThrow())
        .contains("HTTPOnly", "SameSite=Strict");
    assertThat(get("/", cookie).body()).contains("ann", "Nobody is connected.");
  }

  @Test
  void aWrongTokenOpensNothing() throws Exception {
    HttpResponse<String> answer = post("/login", "", "token=t0ken2");

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
    assertThat(answer.body()).contains("This is not the token.").doesNotContain("t0ken2");
  }

  @Test
  void eachLoginHasACookieOfItsOwnWhateverTheBrowserBrought() throws Exception {
    HttpResponse<String> answer = post("/login", "sluice-admin=chosen", "token=t0ken");

    assertThat(cookie(answer)).isNotEqualTo(cookie(post("/login", "", "token=t0ken")));
    assertThat(cookie(answer)).doesNotContain("chosen");
    assertThat(get("/", "sluice-admin=chosen").body()).contains("type=\"password\"");
  }

  @Test
  void aLoginEndsWhenItIsNotUsedAndWhenTheOperatorLogsOut() throws Exception {
    String first = login();
    String second = login();
    clock.advance(Duration.ofMinutes(29));
    get("/", second);
    clock.advance(Duration.ofMinutes(2));

    assertThat(get("/", first).body()).contains("type=\"password\"");
    assertThat(get("/", second).body()).contains("ann");

    post("/logout", second, "secret=" + secret(second));
    assertThat(get("/", second).body()).contains("type=\"password\"");
  }

  @Test
  void buttonsEndSessionsReloadAndDrain() throws Exception {
    String cookie = login();
    FileSession session = session();
    long id = daemon.live().sessions().get(0).session().id();
    String secret = "secret=" + secret(cookie);

    assertThat(post("/do/end/" + id, cookie, secret).statusCode()).isEqualTo(303);
    session.onClosed().onErrorComplete().block(PATIENCE);
    assertThat(post("/do/end/" + id, cookie, secret).body()).contains("had ended already");
    assertThat(post("/do/reload", cookie, secret).body()).contains("is in effect");
    Files.writeString(file, "listeners: []\ndrain: <b>\n");
    assertThat(post("/do/reload", cookie, secret).body())
        .contains("Nothing was reloaded", "drain: &quot;&lt;b&gt;&quot; is no time");
    assertThat(post("/do/drain", cookie, secret).body()).contains("stops when its transfers");
    assertThat(stops).hasValue(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "secret=", "secret=x", "token=t0ken"})
  void aFormOfAnotherPageDoesNothing(String form) throws Exception {
    String cookie = login();

    assertThat(post("/do/drain", cookie, form).statusCode()).isEqualTo(403);
    assertThat(post("/do/drain", "", "secret=" + secret(cookie)).statusCode()).isEqualTo(403);
    assertThat(stops).hasValue(0);
  }

  static Stream<String> routes() {
    return Stream.of("/feed", "/do/drain", "/do/reload", "/do/end/1", "/logout", "/api/v1/status");
  }

  @Test
  void withoutALoginNothingIsShownOrDone() throws Exception {
    session();
    for (String path : routes().toList()) {
      for (String answer : new String[] {get(path, "").body(), post(path, "", "").body()}) {
        assertThat(answer).as(path).doesNotContain("ann", "127.0.0.1");
      }
    }
    assertThat(stops).hasValue(0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/../admin.css", "/..%2f..%2fetc/passwd", "/admin.css/../x", "//etc/passwd", "/x"})
  void thereIsNothingBesideThePage(String path) throws Exception {
    assertThat(raw("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 404");
  }

  @Test
  void namesFromClientsAreTextAndNeverMarkup() throws Exception {
    FileSession session = session();
    session
        .write(
            RemotePath.of("/<img src=x onerror=alert(1)>\"'&"), WriteMode.inPlace(), Flux.never())
        .onErrorComplete()
        .subscribe();
    Flux.interval(Duration.ofMillis(20))
        .onBackpressureDrop()
        .takeUntil(tick -> !daemon.live().sessions().get(0).transfers().isEmpty())
        .blockLast(PATIENCE);

    String page = get("/", login()).body();

    assertThat(page)
        .contains("&lt;img src=x onerror=alert(1)&gt;&quot;&#39;&amp;")
        .doesNotContain("<img");
    session.close().onErrorComplete().block(PATIENCE);
  }

  @Test
  void thePageMayLoadNothingFromElsewhereAndStandsInNoOtherPage() throws Exception {
    HttpResponse<String> answer = get("/", login());

    assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
        .contains("default-src 'none'", "frame-ancestors 'none'", "form-action 'self'");
    assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
    assertThat(answer.body()).doesNotContain("<script>", "onclick", "style=");
  }

  @Test
  void theFeedSendsWhatHasChanged() throws Exception {
    String cookie = login();
    HttpResponse<Stream<String>> feed =
        http.send(request("/feed", cookie).GET().build(), BodyHandlers.ofLines());
    assertThat(feed.statusCode()).isEqualTo(200);
    FileSession session = session();

    try (Stream<String> lines = feed.body()) {
      assertThat(lines.filter(line -> line.contains("End session of ann")).findFirst()).isPresent();
    }
    session.close().onErrorComplete().block(PATIENCE);
  }

  @Test
  void whatFailedIsShown() throws Exception {
    String url = daemon.urls().get(0).replace("://", "://<u>:wrong@".replace("<u>", "bob"));
    Clients.of(URI.create(url)).connect().onErrorComplete().block(PATIENCE);

    assertThat(get("/", login()).body()).contains("login refused", "bob");
  }

  @ParameterizedTest
  @ValueSource(ints = {5_000, 1_000_000})
  void aFormThatIsTooLongIsRefused(int length) throws Exception {
    assertThat(post("/login", "", "token=" + "x".repeat(length)).statusCode()).isEqualTo(403);
  }

  @Test
  void aRequestThatDoesNotEndIsCutOff() throws Exception {
    assertThat(
            raw(
                "POST /login HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n"
                    + "Content-Type: application/x-www-form-urlencoded\r\n\r\ntoken="))
        .doesNotContain("200 OK");
  }

  /** A clock that a test moves. */
  private static final class HandClock extends Clock {
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    void advance(Duration time) {
      now = now.plus(time);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  private String login() throws Exception {
    return cookie(post("/login", "", "token=t0ken"));
  }

  private static String cookie(HttpResponse<String> answer) {
    return answer.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
  }

  private String secret(String cookie) throws Exception {
    Matcher found = SECRET.matcher(get("/", cookie).body());
    assertThat(found.find()).isTrue();
    return found.group(1);
  }

  private FileSession session() {
    String url = daemon.urls().get(0).replace("://", "://ann:secret@");
    return Clients.of(URI.create(url)).connect().block(PATIENCE);
  }

  private HttpRequest.Builder request(String path, String cookie) {
    HttpRequest.Builder request = HttpRequest.newBuilder(at(path)).timeout(PATIENCE);
    return cookie.isEmpty() ? request : request.header("Cookie", cookie);
  }

  private URI at(String path) {
    return URI.create(
        "http://127.0.0.1:" + ((InetSocketAddress) server.address()).getPort() + path);
  }

  private HttpResponse<String> get(String path, String cookie) throws Exception {
    return http.send(request(path, cookie).GET().build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> post(String path, String cookie, String form) throws Exception {
    return http.send(
        request(path, cookie)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form))
            .build(),
        BodyHandlers.ofString());
  }

  /** What the server answers to these octets until it closes the connection. */
  private String raw(String request) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", at("/").getPort())) {
      socket.setSoTimeout((int) PATIENCE.toMillis());
      OutputStream out = socket.getOutputStream();
      out.write(request.getBytes(StandardCharsets.US_ASCII));
      out.flush();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private ServerConfig read() {
    return ConfigReader.read(file, Map.<String, String>of()::get).config();
  }
}
