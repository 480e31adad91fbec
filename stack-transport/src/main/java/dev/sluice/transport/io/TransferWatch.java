package dev.sluice.transport.io;

import dev.sluice.api.RemotePath;
import dev.sluice.api.observe.Outcome;
import dev.sluice.api.observe.SessionEvent;
import dev.sluice.api.observe.SessionObserver;
import dev.sluice.api.observe.SessionRef;
import dev.sluice.api.observe.TransferRef;
import dev.sluice.api.storage.FileContent;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

/** What an observer hears of one transfer: its start, what has moved so far, and one end. */
public final class TransferWatch {
  private static final AtomicLong LAST = new AtomicLong();

  private final SessionObserver observer;
  private final SessionRef session;
  private final TransferRef transfer;
  private final long startNanos = System.nanoTime();
  private final AtomicBoolean ended = new AtomicBoolean();
  private final Counted counted = new Counted();
  private volatile Meter meter = counted;

  /** Where the octets of a transfer are counted. Any thread. */
  public interface Meter {
    long octetsMoved();

    /** {@link System#nanoTime} of the first octet; 0 = none has moved. */
    long firstMovedNanos();
  }

  private TransferWatch(SessionObserver observer, SessionRef session, TransferRef transfer) {
    this.observer = observer;
    this.session = session;
    this.transfer = transfer;
  }

  /** A transfer that starts now; see {@link SessionEvent.TransferStarted}. */
  public static TransferWatch start(
      SessionObserver observer,
      SessionRef session,
      TransferRef.Direction direction,
      RemotePath file,
      ContextView context) {
    TransferRef transfer = new TransferRef(LAST.incrementAndGet(), direction, file);
    TransferWatch watch = new TransferWatch(observer, session, transfer);
    observer.onEvent(new SessionEvent.TransferStarted(session, transfer, watch::octets, context));
    return watch;
  }

  /** Octets are counted elsewhere from here on. */
  public void follow(Meter elsewhere) {
    meter = elsewhere;
  }

  /** So many octets have moved. */
  public void moved(long octets) {
    counted.add(octets);
  }

  /** Counts what passes. */
  public Flux<ByteBuf> count(Publisher<? extends ByteBuf> buffers) {
    return FileContent.counted(buffers, this::moved);
  }

  /** {@code work}, whose end is the end of the transfer. */
  public Mono<Void> until(Mono<Void> work) {
    return work.doOnSuccess(done -> end(Outcome.COMPLETE))
        .doOnError(cause -> end(Outcome.failed(cause)))
        .doOnCancel(() -> end(Outcome.CANCELLED));
  }

  /** {@code content}, whose end is the end of the transfer. */
  public Flux<ByteBuf> until(Flux<ByteBuf> content) {
    return content
        .doOnComplete(() -> end(Outcome.COMPLETE))
        .doOnError(cause -> end(Outcome.failed(cause)))
        .doOnCancel(() -> end(Outcome.CANCELLED));
  }

  /** Reports once: an operator may cancel a transfer that has ended, and two threads may end it. */
  public void end(Outcome outcome) {
    if (!ended.compareAndSet(false, true)) {
      return;
    }
    long first = meter.firstMovedNanos();
    observer.onEvent(
        new SessionEvent.TransferEnded(
            session,
            transfer,
            outcome,
            octets(),
            Duration.ofNanos(System.nanoTime() - startNanos),
            first == 0 ? null : Duration.ofNanos(Math.max(0, first - startNanos))));
  }

  private long octets() {
    return meter.octetsMoved();
  }

  private static final class Counted implements Meter {
    private final AtomicLong octets = new AtomicLong();
    private volatile long firstNanos;

    void add(long more) {
      if (more > 0 && octets.getAndAdd(more) == 0) {
        firstNanos = System.nanoTime() | 1;
      }
    }

    @Override
    public long octetsMoved() {
      return octets.get();
    }

    @Override
    public long firstMovedNanos() {
      return firstNanos;
    }
  }
}
