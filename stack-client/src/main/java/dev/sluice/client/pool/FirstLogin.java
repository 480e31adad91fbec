package dev.sluice.client.pool;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Has one caller log in alone while no session is known to work. The others wait, and share its
 * failure: a wrong password is tried once, and not by each of them.
 */
final class FirstLogin {
  private final AtomicReference<Sinks.@Nullable Empty<Void>> running = new AtomicReference<>();
  private volatile boolean done;

  /** {@code login}, alone or after the one that is under way. */
  <T> Mono<T> before(Mono<T> login) {
    return Mono.defer(
        () -> {
          if (done) {
            return login;
          }
          Sinks.Empty<Void> mine = Sinks.empty();
          Sinks.Empty<Void> before = running.compareAndExchange(null, mine);
          return before == null ? alone(login, mine) : before.asMono().then(login);
        });
  }

  /** No session is left. */
  void again() {
    done = false;
  }

  private <T> Mono<T> alone(Mono<T> login, Sinks.Empty<Void> mine) {
    return login
        .doOnNext(
            session -> {
              done = true;
              running.set(null);
              mine.tryEmitEmpty();
            })
        .doOnError(
            failure -> {
              running.set(null);
              mine.tryEmitError(failure);
            })
        .doOnCancel(
            () -> {
              running.set(null);
              mine.tryEmitEmpty();
            });
  }
}
