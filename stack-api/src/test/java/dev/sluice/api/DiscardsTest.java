package dev.sluice.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

final class DiscardsTest {

  @Test
  void whatAQueueDropsIsReleased() {
    assertThat(countsAfterCancelling(Discards::released)).containsOnly(1);
  }

  @Test
  void hooksBelowEachOtherReleaseOnce() {
    assertThat(
            countsAfterCancelling(
                flux -> Discards.released(Discards.released(Discards.released(flux).map(b -> b)))))
        .containsOnly(1);
  }

  @Test
  void aStrangersHookStaysTheOnlyOneAboveIt() {
    assertThat(
            countsAfterCancelling(
                flux ->
                    Discards.released(
                        Discards.<ByteBuf>apart(
                                flux.doOnDiscard(ByteBuf.class, ReferenceCountUtil::safeRelease))
                            .map(b -> b))))
        .containsOnly(1);
  }

  /** Each buffer is held twice at first; a queue takes 16 of them, and is cancelled after one. */
  private static List<Integer> countsAfterCancelling(Function<Flux<ByteBuf>, Flux<ByteBuf>> hooks) {
    List<ByteBuf> buffers =
        IntStream.range(0, 16).mapToObj(i -> ByteBufAllocator.DEFAULT.buffer(1).retain()).toList();
    Flux<ByteBuf> queue =
        Flux.fromIterable(buffers).concatWith(Flux.never()).publishOn(Schedulers.immediate(), 16);
    StepVerifier.create(hooks.apply(queue), 1)
        .consumeNextWith(ByteBuf::release)
        .thenCancel()
        .verify(Duration.ofSeconds(10));
    List<Integer> counts = buffers.stream().map(ByteBuf::refCnt).toList();
    buffers.forEach(buffer -> buffer.release(buffer.refCnt()));
    return counts;
  }
}
