package dev.sluice.api.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.observe.SessionEvent.Direction;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

final class MovedTest {
  private final List<SessionEvent> heard = new ArrayList<>();
  private final Moved moved = new Moved(heard::add, 1, Direction.RECEIVED);

  @Test
  void aTransferThatIsCancelledAfterItsEndCountsOnce() {
    Flux<ByteBuf> ended =
        Flux.from(
            subscriber -> {
              subscriber.onSubscribe(
                  new org.reactivestreams.Subscription() {
                    @Override
                    public void request(long n) {
                      subscriber.onComplete();
                    }

                    @Override
                    public void cancel() {}
                  });
            });
    List<org.reactivestreams.Subscription> held = new ArrayList<>();
    moved.report(ended).doOnSubscribe(held::add).subscribe();

    held.get(0).cancel();

    assertThat(heard).hasSize(1);
  }

  @Test
  void anUploadIsReportedOnce() {
    moved.report(Mono.when(moved.count(Flux.just(Unpooled.EMPTY_BUFFER)))).block();

    assertThat(heard)
        .singleElement()
        .isInstanceOfSatisfying(
            SessionEvent.TransferEnded.class, ended -> assertThat(ended.failure()).isNull());
  }
}
