package dev.sluice.client.pool;

import dev.sluice.api.FileFailure;
import dev.sluice.api.FileSession;
import dev.sluice.api.RemotePath;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Asks unused sessions from time to time, so that nobody on the way forgets them. One that does not
 * answer is not lent any more.
 */
final class KeepAlive<S extends FileSession> {
  private final Set<Kept<S>> all = ConcurrentHashMap.newKeySet();
  private final Duration wait;
  private final Disposable timer;

  /**
   * @param interval 0 = never
   * @param wait the longest for an answer
   */
  KeepAlive(Duration interval, Duration wait) {
    this.wait = wait;
    this.timer =
        interval.isZero()
            ? Disposables.disposed()
            : Flux.interval(interval)
                .onBackpressureDrop()
                .concatMap(tick -> ask(), 1)
                .onErrorComplete()
                .subscribe();
  }

  void add(Kept<S> kept) {
    all.add(kept);
  }

  void remove(Kept<S> kept) {
    all.remove(kept);
  }

  void dispose() {
    timer.dispose();
  }

  private Mono<Void> ask() {
    return Flux.fromIterable(all)
        .filter(kept -> !kept.lent().get() && !kept.hasEnded())
        .flatMap(this::ask)
        .then();
  }

  private Mono<Void> ask(Kept<S> kept) {
    return kept.session()
        .stat(RemotePath.root())
        .timeout(wait)
        .then()
        .onErrorResume(
            why -> {
              if (!(why instanceof FileFailure)) { // that would be an answer
                kept.ended().set(true);
              }
              return Mono.empty();
            });
  }
}
