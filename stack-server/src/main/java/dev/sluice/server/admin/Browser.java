package dev.sluice.server.admin;

import dev.sluice.server.daemon.Daemon;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * What a browser shows to an operator who has logged in, and the buttons there. A form without the
 * secret of its login does nothing, so that no other page can press a button.
 */
final class Browser {
  private static final int MOST_FORM_OCTETS = 4096;
  private static final int MOST_FEEDS = 32;
  private static final Duration TICK = Duration.ofSeconds(1);
  private static final Duration SILENCE = Duration.ofSeconds(15);

  private final OperatorToken token;
  private final BrowserLogins logins;
  private final Sections sections;
  private final Daemon daemon;
  private final Mono<Void> reload;
  private final Runnable stop;
  private final AtomicInteger feeds = new AtomicInteger();

  Browser(
      OperatorToken token,
      BrowserLogins logins,
      Sections sections,
      Daemon daemon,
      Mono<Void> reload,
      Runnable stop) {
    this.token = token;
    this.logins = logins;
    this.sections = sections;
    this.daemon = daemon;
    this.reload = reload;
    this.stop = stop;
  }

  List<Route> routes() {
    String style = Resources.text("admin.css");
    String script = Resources.text("admin.js");
    return List.of(
        Route.get("/", this::page),
        Route.get("/admin.css", (asked, response) -> Answer.text(response, "text/css", style)),
        Route.get(
            "/admin.js", (asked, response) -> Answer.text(response, "text/javascript", script)),
        Route.get("/feed", this::feed),
        Route.post("/login", this::login),
        Route.post("/logout", (request, response) -> acted(request, response, this::logout)),
        Route.post("/do/end/{id}", (request, response) -> acted(request, response, this::end)),
        Route.post("/do/reload", (request, response) -> acted(request, response, this::reload)),
        Route.post("/do/drain", (request, response) -> acted(request, response, this::drain)));
  }

  private Publisher<Void> page(HttpServerRequest request, HttpServerResponse response) {
    return logins
        .of(request)
        .map(login -> server(response, login, ""))
        .orElseGet(() -> loginPage(response, ""));
  }

  private Publisher<Void> server(
      HttpServerResponse response, BrowserLogins.Login login, String notice) {
    return Answer.html(
        response, Pages.server(sections.all(login.secret()), login.secret(), notice));
  }

  private Publisher<Void> loginPage(HttpServerResponse response, String problem) {
    String said =
        token.isSet()
            ? problem
            : "Nobody can log in: the document has no admin.token. Write one and start again.";
    return Answer.html(response, Pages.login(said));
  }

  private Publisher<Void> login(HttpServerRequest request, HttpServerResponse response) {
    return form(request)
        .flatMap(form -> token.matches(form.getOrDefault("token", "")))
        .flatMap(
            known -> {
              if (known) {
                logins.begin(response);
                return seeOther(response);
              }
              return Mono.from(
                  loginPage(
                      response.status(HttpResponseStatus.FORBIDDEN), "This is not the token."));
            })
        .switchIfEmpty(Mono.defer(() -> refused(response)));
  }

  /** Does what a form asks for, if the form is from our page. */
  private Publisher<Void> acted(
      HttpServerRequest request,
      HttpServerResponse response,
      BiFunction<HttpServerRequest, HttpServerResponse, Mono<String>> action) {
    BrowserLogins.Login login = logins.of(request).orElse(null);
    if (login == null) {
      return loginPage(response.status(HttpResponseStatus.FORBIDDEN), "Log in first.");
    }
    return form(request)
        .filter(form -> login.isSecret(form.getOrDefault("secret", "")))
        .flatMap(
            form ->
                action
                    .apply(request, response)
                    .flatMap(notice -> Mono.from(server(response, login, notice)))
                    .switchIfEmpty(Mono.defer(() -> seeOther(response))))
        .switchIfEmpty(Mono.defer(() -> refused(response)));
  }

  private static Mono<Void> refused(HttpServerResponse response) {
    return Mono.from(
        Answer.text(
            response.status(HttpResponseStatus.FORBIDDEN),
            "text/plain",
            "This form is not from the page of this server. Load the page again."));
  }

  private Mono<String> logout(HttpServerRequest request, HttpServerResponse response) {
    return Mono.fromRunnable(() -> logins.end(request, response));
  }

  private Mono<String> end(HttpServerRequest request, HttpServerResponse response) {
    String id = String.valueOf(request.param("id"));
    if (!id.matches("[0-9]{1,18}")) {
      return Mono.just("There is no session " + id + ".");
    }
    return daemon
        .end(Long.parseLong(id))
        .flatMap(was -> was ? Mono.empty() : Mono.just("Session " + id + " had ended already."));
  }

  private Mono<String> reload(HttpServerRequest request, HttpServerResponse response) {
    return reload
        .thenReturn("The document was read again and is in effect.")
        .onErrorResume(
            failure ->
                Mono.just("Nothing was reloaded, all stays as it was: " + failure.getMessage()));
  }

  private Mono<String> drain(HttpServerRequest request, HttpServerResponse response) {
    stop.run();
    return Mono.just("The server stops when its transfers have ended.");
  }

  /** Reads a short form; empty = it is too long, or cut off. */
  private static Mono<Map<String, String>> form(HttpServerRequest request) {
    String length = request.requestHeaders().get(HttpHeaderNames.CONTENT_LENGTH, "");
    if (!length.matches("[0-9]{1,4}") || Integer.parseInt(length) > MOST_FORM_OCTETS) {
      return Mono.empty();
    }
    return request
        .receive()
        .aggregate()
        .asString(StandardCharsets.UTF_8)
        .map(
            body -> {
              Map<String, String> fields = new HashMap<>();
              new QueryStringDecoder(body, StandardCharsets.UTF_8, false)
                  .parameters()
                  .forEach((name, values) -> fields.put(name, values.get(0)));
              return fields;
            })
        .onErrorComplete(); // it was cut off
  }

  private static Mono<Void> seeOther(HttpServerResponse response) {
    return response
        .status(HttpResponseStatus.SEE_OTHER)
        .header(HttpHeaderNames.LOCATION, "/")
        .header(HttpHeaderNames.CACHE_CONTROL, "no-store")
        .send()
        .then();
  }

  /** Sends the pieces of the page that have changed, each second. */
  private Publisher<Void> feed(HttpServerRequest request, HttpServerResponse response) {
    String secret = logins.of(request).map(BrowserLogins.Login::secret).orElse(null);
    if (secret == null) {
      return response.status(HttpResponseStatus.FORBIDDEN).send();
    }
    if (feeds.incrementAndGet() > MOST_FEEDS) {
      feeds.decrementAndGet();
      return response.status(HttpResponseStatus.SERVICE_UNAVAILABLE).send();
    }
    return response
        .sse()
        .header(HttpHeaderNames.CACHE_CONTROL, "no-store")
        .sendString(changes(request, secret).doFinally(end -> feeds.decrementAndGet()));
  }

  /** On the event loop of the browser's connection. */
  private Flux<String> changes(HttpServerRequest request, String secret) {
    AtomicReference<EventLoop> loop = new AtomicReference<>();
    request.withConnection(connection -> loop.set(connection.channel().eventLoop()));
    Map<String, String> shown = new HashMap<>();
    return Flux.interval(
            Duration.ZERO, TICK, Schedulers.fromExecutorService(Objects.requireNonNull(loop.get())))
        .onBackpressureDrop()
        .takeWhile(tick -> logins.goesOn(request))
        .map(tick -> changed(shown, sections.all(secret), tick))
        .filter(events -> !events.isEmpty());
  }

  /** The events for what is new; empty = nothing, and the connection was used not long ago. */
  private static String changed(Map<String, String> shown, Map<String, String> now, long tick) {
    StringBuilder events = new StringBuilder();
    now.forEach(
        (id, html) -> {
          if (!html.equals(shown.put(id, html))) {
            events.append("event: ").append(id).append("\ndata: ");
            events.append(html.replace("\n", "\ndata: ")).append("\n\n");
          }
        });
    if (events.isEmpty() && tick % SILENCE.toSeconds() == 0) {
      events.append(": alive\n\n");
    }
    return events.toString();
  }
}
