package dev.sluice.ftp.client;

import dev.sluice.api.observe.SessionEvent;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Counts the octets of one transfer and tells the observer how it ended. */
final class Moved {
  private final Conversation conversation;
  private final SessionEvent.Direction direction;
  private final long start = System.nanoTime();
  private long octets;

  Moved(Conversation conversation, SessionEvent.Direction direction) {
    this.conversation = conversation;
    this.direction = direction;
  }

  Flux<ByteBuf> count(Publisher<? extends ByteBuf> buffers) {
    return Flux.<ByteBuf>from(buffers).doOnNext(buffer -> octets += buffer.readableBytes());
  }

  Mono<Void> report(Mono<Void> transfer) {
    return transfer
        .doOnSuccess(done -> tell(null))
        .doOnError(cause -> tell(String.valueOf(cause.getMessage())))
        .doOnCancel(() -> tell("cancelled"));
  }

  Flux<ByteBuf> report(Flux<ByteBuf> transfer) {
    return transfer
        .doOnComplete(() -> tell(null))
        .doOnError(cause -> tell(String.valueOf(cause.getMessage())))
        .doOnCancel(() -> tell("cancelled"));
  }

  private void tell(@Nullable String failure) {
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    conversation.tell(
        new SessionEvent.TransferEnded(conversation.id, direction, octets, took, failure));
  }
}
