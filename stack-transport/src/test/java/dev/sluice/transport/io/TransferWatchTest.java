package dev.sluice.transport.io;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.RemotePath;
import dev.sluice.api.observe.Outcome;
import dev.sluice.api.observe.SessionEvent.TransferEnded;
import dev.sluice.api.observe.SessionEvent.TransferStarted;
import dev.sluice.api.observe.SessionRef;
import dev.sluice.api.observe.TransferRef.Direction;
import dev.sluice.test.HeardEvents;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;

final class TransferWatchTest {
  private final HeardEvents heard = new HeardEvents();
  private final TransferWatch watch =
      TransferWatch.start(
          heard,
          SessionRef.of(
              SessionRef.Role.CLIENT, "ftp", InetSocketAddress.createUnresolved("peer", 21)),
          Direction.RECEIVED,
          RemotePath.of("/file"),
          Context.empty());

  @Test
  void aTransferThatIsCancelledAfterItsEndEndsOnce() {
    Flux<ByteBuf> ended =
        Flux.from(
            subscriber ->
                subscriber.onSubscribe(
                    new Subscription() {
                      @Override
                      public void request(long n) {
                        subscriber.onComplete();
                      }

                      @Override
                      public void cancel() {}
                    }));
    List<Subscription> held = new ArrayList<>();
    watch.until(ended).doOnSubscribe(held::add).subscribe();

    held.get(0).cancel();

    assertThat(heard.all(TransferEnded.class))
        .singleElement()
        .extracting(TransferEnded::outcome)
        .isEqualTo(Outcome.COMPLETE);
  }

  @Test
  void whatHasMovedCanBeAskedForOnTheWay() {
    TransferStarted started = heard.all(TransferStarted.class).get(0);
    assertThat(started.octets().getAsLong()).isZero();

    Mono<Void> upload =
        watch
            .count(Flux.just(Unpooled.wrappedBuffer(new byte[5])))
            .doOnNext(ByteBuf::release)
            .doOnNext(octets -> assertThat(started.octets().getAsLong()).isEqualTo(5))
            .then();
    watch.until(upload).block();

    assertThat(heard.all(TransferEnded.class))
        .singleElement()
        .satisfies(
            end -> {
              assertThat(end.octets()).isEqualTo(5);
              assertThat(end.firstOctet()).isNotNull();
              assertThat(end.transfer()).isEqualTo(started.transfer());
            });
  }

  @Test
  void aTransferOfNothingHasNoFirstOctet() {
    watch.until(Mono.<Void>empty()).block();

    assertThat(heard.all(TransferEnded.class).get(0).firstOctet()).isNull();
  }
}
