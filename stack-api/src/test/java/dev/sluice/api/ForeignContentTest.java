package dev.sluice.api;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.IllegalReferenceCountException;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

final class ForeignContentTest {
  @Test
  void whatItThrowsWhenItIsSubscribedToIsItsError() {
    Publisher<ByteBuf> throwing =
        subscriber -> {
          throw new IllegalStateException("no content");
        };

    StepVerifier.create(ForeignContent.of(throwing)).verifyErrorMessage("no content");
  }

  @Test
  void whatItThrowsWhenItIsAskedForMoreIsItsError() {
    Publisher<ByteBuf> throwing =
        subscriber ->
            subscriber.onSubscribe(
                new Subscription() {
                  @Override
                  public void request(long n) {
                    throw new IllegalStateException("no more");
                  }

                  @Override
                  public void cancel() {}
                });

    StepVerifier.create(ForeignContent.of(throwing)).verifyErrorMessage("no more");
  }

  @Test
  void aBufferThatWasReleasedIsItsError() {
    ByteBuf released = Unpooled.buffer(1).writeByte(1);
    released.release();

    StepVerifier.create(ForeignContent.of(Flux.just(released)))
        .verifyError(IllegalReferenceCountException.class);
  }
}
