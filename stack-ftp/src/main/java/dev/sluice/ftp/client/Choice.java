package dev.sluice.ftp.client;

import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The choice that a session makes between the ways to one end: each is tried in turn, and the one
 * that works is used alone from then on. A server may announce commands that do not work, because
 * of the server itself or of a gateway before it. Touched on the event loop only.
 */
final class Choice<W extends Way> {
  private final Predicate<? super W> open;
  private Ways<W> ways;

  /**
   * @param open whether a way can be tried at the moment
   */
  Choice(List<W> bestFirst, Predicate<? super W> open) {
    this.open = open;
    this.ways = Ways.of(bestFirst);
  }

  /** Whether anything is left to try. */
  boolean isPossible() {
    return !toTry().isEmpty();
  }

  /** The way that has worked and is still open; empty = that is to be found out. */
  Optional<W> known() {
    return Optional.ofNullable(ways.proven()).filter(open);
  }

  /**
   * Takes the first way that works. When none does, signals the error of the first, with the others
   * suppressed in it.
   */
  <T> Mono<T> one(Function<W, Mono<T>> use) {
    return many(() -> false, way -> use.apply(way).flux()).singleOrEmpty();
  }

  /**
   * As {@link #one}, for many results. After the first result no other way is tried. An empty
   * result of any way but the first proves nothing.
   *
   * @param begun whether something has arrived that is not among the results
   */
  <T> Flux<T> many(BooleanSupplier begun, Function<W, Flux<T>> use) {
    return Flux.defer(
        () -> {
          List<W> left = toTry();
          return left.isEmpty()
              ? Flux.error(
                  new FileFailure(FileError.UNSUPPORTED, "nothing is left to try: all is avoided"))
              : attempt(left, 0, begun, use);
        });
  }

  private List<W> toTry() {
    return ways.toTry(open);
  }

  private <T> Flux<T> attempt(
      List<W> left, int index, BooleanSupplier begun, Function<W, Flux<T>> use) {
    W way = left.get(index);
    AtomicBoolean came = new AtomicBoolean();
    return use.apply(way)
        .doOnNext(item -> came.set(true))
        .doOnComplete(
            () -> {
              if (came.get() || index == 0) {
                ways = ways.worked(way, left.subList(0, index));
              }
            })
        .onErrorResume(
            cause ->
                index + 1 == left.size()
                        || came.get()
                        || begun.getAsBoolean()
                        || !way.yieldsTo(cause)
                    ? Flux.error(cause)
                    : attempt(left, index + 1, begun, use)
                        .onErrorMap(Way::isRefusal, last -> both(cause, last)));
  }

  /** An error that says only that the command is unknown is the least useful. */
  private static Throwable both(Throwable first, Throwable last) {
    boolean unknown = first instanceof FileFailure file && file.error() == FileError.UNSUPPORTED;
    Throwable main = unknown ? last : first;
    Throwable other = unknown ? first : last;
    if (main != other) {
      main.addSuppressed(other);
    }
    return main;
  }
}
