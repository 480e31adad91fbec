package dev.sluice.server.admin;

import dev.sluice.api.observe.SessionObserver;
import dev.sluice.server.config.AdminConfig;
import dev.sluice.server.config.Secret;
import dev.sluice.server.daemon.Daemon;
import dev.sluice.transport.EventLoops;
import dev.sluice.transport.observe.Metrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.http.server.HttpServerRoutes;

/**
 * Answers an operator over HTTP. Health and metrics are open to all who reach the address; all else
 * needs the token in a header, which no browser adds by itself, so that no other page can act in
 * the operator's name.
 */
public final class AdminServer {
  private static final int HEADER_OCTETS = 8192;
  private static final int LINE_OCTETS = 4096;
  private static final Duration REQUEST = Duration.ofSeconds(10);
  private static final Duration IDLE = Duration.ofSeconds(30);
  private static final String BEARER = "Bearer ";
  private static final String UNIX = "unix:";

  private final PrometheusMeterRegistry meters =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final SessionObserver observer = Metrics.observer(meters);

  private AdminServer() {}

  /** One that has not been started. */
  public static AdminServer create() {
    return new AdminServer();
  }

  /** Hears of all sessions, for the metrics. */
  public SessionObserver observer() {
    return observer;
  }

  /**
   * Binds.
   *
   * @param reload reads the document again
   * @param stop begins the drain after which the process ends; called on an event loop
   */
  public Mono<DisposableServer> start(
      AdminConfig config, Daemon daemon, Mono<Void> reload, Runnable stop) {
    Api api = new Api(daemon, reload, stop);
    return HttpServer.create()
        .runOn(EventLoops.shared())
        .bindAddress(() -> address(config.listen()))
        .httpRequestDecoder(
            limits -> limits.maxHeaderSize(HEADER_OCTETS).maxInitialLineLength(LINE_OCTETS))
        .requestTimeout(REQUEST)
        .idleTimeout(IDLE)
        .route(routes -> routes(routes, config.token(), daemon, api))
        .bind()
        .cast(DisposableServer.class);
  }

  private void routes(HttpServerRoutes routes, @Nullable Secret token, Daemon daemon, Api api) {
    routes
        .get("/health/live", (request, response) -> Answer.text(response, "alive"))
        .get("/health/ready", (request, response) -> ready(daemon, response))
        .get("/metrics", (request, response) -> Answer.text(response, meters.scrape()))
        .get("/api/v1/status", guarded(token, (request, response) -> api.status(response)))
        .get("/api/v1/sessions", guarded(token, (request, response) -> api.sessions(response)))
        .delete("/api/v1/sessions/{id}", guarded(token, api::end))
        .post("/api/v1/reload", guarded(token, (request, response) -> api.reload(response)))
        .post("/api/v1/drain", guarded(token, (request, response) -> api.drain(response)));
  }

  private static Publisher<Void> ready(Daemon daemon, HttpServerResponse response) {
    return daemon
        .healthy()
        .then(Mono.defer(() -> Mono.from(Answer.text(response, "ready"))))
        .onErrorResume(
            failure ->
                Mono.from(
                    Answer.text(
                        response.status(HttpResponseStatus.SERVICE_UNAVAILABLE), "not ready")));
  }

  private interface Handler {
    Publisher<Void> handle(HttpServerRequest request, HttpServerResponse response);
  }

  /** A wrong token and none at all read the same. */
  private static BiFunction<HttpServerRequest, HttpServerResponse, Publisher<Void>> guarded(
      @Nullable Secret token, Handler handler) {
    return (request, response) -> {
      String given = request.requestHeaders().get(HttpHeaderNames.AUTHORIZATION);
      boolean known =
          token != null
              && !token.value().isEmpty()
              && given != null
              && given.startsWith(BEARER)
              && token.matches(given.substring(BEARER.length()));
      if (known) {
        return handler.handle(request, response);
      }
      return Answer.problem(
          response
              .status(HttpResponseStatus.UNAUTHORIZED)
              .header(HttpHeaderNames.WWW_AUTHENTICATE, "Bearer"),
          "needs Authorization: Bearer and the token of the document (admin.token)");
    };
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
