package dev.sluice.api;

import io.netty.util.ReferenceCountUtil;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * Releases buffers that Reactor's operators drop, each exactly once.
 *
 * <p>{@code doOnDiscard} must not be used for buffers: two of them in one chain add up, so a buffer
 * that an operator above both drops is released twice. If it is pooled, the second release hits its
 * next owner. Here the nearest hook below an operator replaces those further down.
 */
public final class Discards {
  private Discards() {}

  /** Releases the buffers that the operators of {@code flux} drop. */
  public static <T> Flux<T> released(Flux<T> flux) {
    return flux.contextWrite(Discards::releasing);
  }

  /** Releases the buffers that the operators of {@code mono} drop. */
  public static <T> Mono<T> released(Mono<T> mono) {
    return mono.contextWrite(Discards::releasing);
  }

  /** {@code foreign} with only its own hooks, which would otherwise add up with ours. */
  public static <T> Flux<T> apart(Publisher<? extends T> foreign) {
    return Flux.<T>from(foreign).contextWrite(Discards::without);
  }

  /** {@code context} without a hook, for hand-written operators. */
  public static Context without(Context context) {
    return Operators.enableOnDiscard(context, dropped -> {});
  }

  private static Context releasing(Context context) {
    return Operators.enableOnDiscard(context, ReferenceCountUtil::safeRelease);
  }
}
