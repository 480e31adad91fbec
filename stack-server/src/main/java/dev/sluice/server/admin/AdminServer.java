package dev.sluice.server.admin;

import dev.sluice.api.observe.SessionObserver;
import dev.sluice.server.config.AdminConfig;
import dev.sluice.server.daemon.Daemon;
import dev.sluice.transport.EventLoops;
import dev.sluice.transport.observe.Metrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.http.server.HttpServerRoutes;

/**
 * Answers an operator over HTTP. Health and metrics are open to all who reach the address. The API
 * needs the token in a header, which no browser adds by itself; the page needs a login with the
 * token, and each of its forms a secret. So no other page can act in the operator's name.
 */
public final class AdminServer {
  private static final int HEADER_OCTETS = 8192;
  private static final int LINE_OCTETS = 4096;
  private static final Duration REQUEST = Duration.ofSeconds(10);
  private static final Duration IDLE = Duration.ofSeconds(30);
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final String UNIX = "unix:";

  private final PrometheusMeterRegistry meters =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Clock clock;
  private final TrafficHistory traffic = new TrafficHistory();
  private final RecentTrouble trouble;

  private AdminServer(Clock clock) {
    this.clock = clock;
    this.trouble = new RecentTrouble(clock);
  }

  /** One that has not been started. */
  public static AdminServer create() {
    return new AdminServer(Clock.systemUTC());
  }

  /** One with another clock, for tests. */
  static AdminServer create(Clock clock) {
    return new AdminServer(clock);
  }

  /** Hears of all sessions, for the metrics and for the page. */
  public SessionObserver observer() {
    return Metrics.observer(meters).and(traffic).and(trouble);
  }

  /**
   * Binds.
   *
   * @param reload reads the document again
   * @param stop begins the drain after which the process ends; called on an event loop
   */
  public Mono<DisposableServer> start(
      AdminConfig config, Daemon daemon, Mono<Void> reload, Runnable stop) {
    OperatorToken token = new OperatorToken(config.token());
    Sections sections = new Sections(daemon, traffic, trouble, clock);
    List<Route> routes = new ArrayList<>(open(daemon));
    routes.addAll(
        new Browser(token, new BrowserLogins(clock), sections, daemon, reload, stop).routes());
    new Api(daemon, reload, stop).routes().forEach(route -> routes.add(token.guard(route)));
    return HttpServer.create()
        .runOn(EventLoops.shared())
        .bindAddress(() -> address(config.listen()))
        .httpRequestDecoder(
            limits -> limits.maxHeaderSize(HEADER_OCTETS).maxInitialLineLength(LINE_OCTETS))
        .requestTimeout(REQUEST)
        .idleTimeout(IDLE)
        .route(table -> routes.forEach(route -> add(table, route)))
        .bind()
        .doOnNext(server -> watch(server, daemon))
        .cast(DisposableServer.class);
  }

  /** Counts the traffic of each second as long as there is somewhere to show it. */
  private void watch(DisposableServer server, Daemon daemon) {
    server.onDispose(
        Flux.interval(SECOND)
            .onBackpressureDrop()
            .subscribe(tick -> traffic.second(daemon.live().sessions())));
  }

  private static void add(HttpServerRoutes table, Route route) {
    switch (route.verb()) {
      case GET -> table.get(route.path(), route.handler()::handle);
      case POST -> table.post(route.path(), route.handler()::handle);
      case DELETE -> table.delete(route.path(), route.handler()::handle);
      default -> throw new IllegalArgumentException(route.verb().name());
    }
  }

  private List<Route> open(Daemon daemon) {
    return List.of(
        Route.get("/health/live", (request, response) -> Answer.text(response, "alive")),
        Route.get("/health/ready", (request, response) -> ready(daemon, response)),
        Route.get("/metrics", (request, response) -> Answer.text(response, meters.scrape())));
  }

  /** Names the part that is not ready, and no more: whoever reaches the address may read it. */
  private Publisher<Void> ready(Daemon daemon, HttpServerResponse response) {
    Instant now = clock.instant();
    if (daemon.certificates().stream().anyMatch(shown -> shown.hasEnded(now))) {
      return notReady(response, "a certificate has ended");
    }
    return daemon
        .healthy()
        .then(Mono.defer(() -> Mono.from(Answer.text(response, ready(daemon)))))
        .onErrorResume(
            failure -> Mono.from(notReady(response, "a listener does not accept sessions")));
  }

  private static String ready(Daemon daemon) {
    List<String> troubles = daemon.troubles();
    return troubles.isEmpty() ? "ready" : "ready, but " + String.join("; ", troubles);
  }

  private static Publisher<Void> notReady(HttpServerResponse response, String part) {
    return Answer.text(
        response.status(HttpResponseStatus.SERVICE_UNAVAILABLE), "not ready: " + part);
  }

  /** {@code host:port} or {@code unix:path}. */
  static SocketAddress address(String listen) {
    if (listen.startsWith(UNIX)) {
      return new DomainSocketAddress(listen.substring(UNIX.length()));
    }
    int colon = listen.lastIndexOf(':');
    String host = listen.substring(0, Math.max(colon, 0)).replaceAll("[\\[\\]]", "");
    return new InetSocketAddress(
        host.isEmpty() ? "127.0.0.1" : host, Integer.parseInt(listen.substring(colon + 1)));
  }
}
