package dev.sluice.api.observe;

import dev.sluice.api.storage.FileContent;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Counts the octets of one transfer and reports to the observer how it ended. */
public final class Moved {
  private final SessionObserver observer;
  private final long session;
  private final SessionEvent.Direction direction;
  private final long start = System.nanoTime();
  private final AtomicBoolean told = new AtomicBoolean();
  private long octets;

  /** A transfer that starts now. */
  public Moved(SessionObserver observer, long session, SessionEvent.Direction direction) {
    this.observer = observer;
    this.session = session;
    this.direction = direction;
  }

  public Flux<ByteBuf> count(Publisher<? extends ByteBuf> buffers) {
    return FileContent.counted(buffers, moved -> octets += moved);
  }

  public Mono<Void> report(Mono<Void> transfer) {
    return transfer
        .doOnSuccess(done -> tell(null))
        .doOnError(cause -> tell(String.valueOf(cause.getMessage())))
        .doOnCancel(() -> tell(SessionEvent.TransferEnded.CANCELLED));
  }

  public Flux<ByteBuf> report(Flux<ByteBuf> transfer) {
    return transfer
        .doOnComplete(() -> tell(null))
        .doOnError(cause -> tell(String.valueOf(cause.getMessage())))
        .doOnCancel(() -> tell(SessionEvent.TransferEnded.CANCELLED));
  }

  /** Reports once: an operator may cancel a transfer that has ended, and two threads may end it. */
  private void tell(@Nullable String failure) {
    if (!told.compareAndSet(false, true)) {
      return;
    }
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    observer.onEvent(new SessionEvent.TransferEnded(session, direction, octets, took, failure));
  }
}
