package dev.sluice.server.admin;

import dev.sluice.server.config.Secret;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.server.HttpServerRequest;

/**
 * The token of the document. A wrong one is answered late, and few wrong ones are answered at a
 * time, so that guesses are slow.
 */
final class OperatorToken {
  private static final Duration PENALTY = Duration.ofMillis(500);
  private static final int MOST_WAITING = 16;
  private static final String BEARER = "Bearer ";

  private final @Nullable Secret token;
  private final AtomicInteger waiting = new AtomicInteger();

  OperatorToken(@Nullable Secret token) {
    this.token = token == null || token.value().isEmpty() ? null : token;
  }

  /** Whether there is one. Without it nobody is the operator. */
  boolean isSet() {
    return token != null;
  }

  /** Emits whether {@code given} is the token. */
  Mono<Boolean> matches(String given) {
    return Mono.defer(
        () -> {
          if (token != null && token.matches(given)) {
            return Mono.just(true);
          }
          if (waiting.incrementAndGet() > MOST_WAITING) {
            waiting.decrementAndGet();
            return Mono.just(false);
          }
          return Mono.delay(PENALTY, Schedulers.parallel())
              .thenReturn(false)
              .doFinally(end -> waiting.decrementAndGet());
        });
  }

  /** The same route for those who send the token. A wrong token and none at all read the same. */
  Route guard(Route route) {
    return route.with(
        (request, response) ->
            given(request)
                .flatMap(
                    known ->
                        Mono.from(
                            known
                                ? route.handler().handle(request, response)
                                : Answer.problem(
                                    response
                                        .status(HttpResponseStatus.UNAUTHORIZED)
                                        .header(HttpHeaderNames.WWW_AUTHENTICATE, "Bearer"),
                                    "needs Authorization: Bearer and the token of the document"
                                        + " (admin.token)"))));
  }

  private Mono<Boolean> given(HttpServerRequest request) {
    String header = request.requestHeaders().get(HttpHeaderNames.AUTHORIZATION);
    return header != null && header.startsWith(BEARER)
        ? matches(header.substring(BEARER.length()))
        : Mono.just(false);
  }
}
