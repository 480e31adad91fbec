package dev.sluice.sftp.client;

import dev.sluice.api.Discards;
import dev.sluice.api.ForeignContent;
import dev.sluice.api.ReadSize;
import dev.sluice.api.RemotePath;
import dev.sluice.api.SessionClosed;
import dev.sluice.sftp.message.HandleRequest;
import dev.sluice.sftp.message.SftpHandle;
import dev.sluice.sftp.message.SftpResponse;
import io.netty.buffer.ByteBuf;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.util.context.Context;

/**
 * An upload into an open file: many WRITEs under way at a time, then CLOSE. Succeeds when all of
 * them did. After a failure nothing is written any more, the answers on their way are awaited, the
 * handle is given back, and the failure of the lowest offset is signalled.
 */
final class WriteStream implements CoreSubscriber<ByteBuf> {
  private static final int LEAST_AHEAD = 2;
  private static final int MOST_AHEAD = 256;

  private final SftpLink link;
  private final Target target;
  private final TransferLimits limits;
  private final MonoSink<Void> sink;
  private final Queue<ByteBuf> arrived = new ConcurrentLinkedQueue<>();
  private final AtomicInteger wakeUps = new AtomicInteger();
  private final Chunker chunker = new Chunker();
  private final FlightWindow window;
  private final Consumer<Throwable> lost = this::lost;
  private volatile @Nullable Subscription source;
  private volatile boolean completed;
  private volatile boolean cancelled;
  private volatile @Nullable Throwable sourceFailure;
  private @Nullable Throwable failure;
  private long failedAt = Long.MAX_VALUE;
  private long next;
  private long underWay;
  private int requests;
  private int outstanding;
  private int ahead = LEAST_AHEAD;
  private boolean roomAwaited;
  private boolean closing;
  private boolean closed;

  /**
   * Where an upload goes.
   *
   * @param path for errors
   * @param offset of the first octet; without meaning when the handle appends
   * @param single whether only one WRITE may be under way, as their order decides where they land
   * @param ending what follows the last WRITE
   */
  record Target(SftpHandle handle, RemotePath path, long offset, boolean single, Ending ending) {}

  private WriteStream(SftpLink link, Target target, TransferLimits limits, MonoSink<Void> sink) {
    this.link = link;
    this.target = target;
    this.limits = limits;
    this.sink = sink;
    this.next = target.offset();
    this.window = new FlightWindow(link.roundTrip(), limits);
  }

  /** Writes {@code content} and gives the handle back, whatever happens. */
  static Mono<Void> of(
      SftpLink link, Target target, TransferLimits limits, Publisher<? extends ByteBuf> content) {
    return Mono.create(
        sink -> {
          WriteStream stream = new WriteStream(link, target, limits, sink);
          sink.onCancel(stream::cancel);
          Discards.apart(ForeignContent.of(content)).subscribe(stream);
        });
  }

  @Override
  public void onSubscribe(Subscription subscription) {
    source = subscription;
    link.run(this::begin);
    wake();
  }

  @Override
  public void onNext(ByteBuf data) {
    arrived.add(data);
    wake();
  }

  @Override
  public void onError(Throwable cause) {
    sourceFailure = cause;
    completed = true;
    wake();
  }

  @Override
  public void onComplete() {
    completed = true;
    wake();
  }

  @Override
  public Context currentContext() {
    return ReadSize.large(Context.of(sink.contextView()));
  }

  private void begin() {
    link.enter(lost);
    window.begin(link.headStart(), System.nanoTime());
  }

  private void cancel() {
    cancelled = true;
    wake();
  }

  private void lost(Throwable cause) {
    fail(cause, next);
    drain();
  }

  private void wake() {
    if (wakeUps.getAndIncrement() == 0) {
      link.run(
          () -> {
            wakeUps.set(0);
            drain();
          });
    }
  }

  private void drain() {
    boolean last = completed; // read before the queue: nothing arrives behind it
    for (ByteBuf data = arrived.poll(); data != null; data = arrived.poll()) {
      outstanding--;
      ahead = Math.max(LEAST_AHEAD, Math.min(MOST_AHEAD, most(data)));
      chunker.add(data);
    }
    if (sourceFailure != null) {
      fail(sourceFailure, next);
    }
    if (cancelled) {
      fail(new SessionClosed("the upload was cancelled"), next);
    }
    if (failure != null) {
      chunker.clear();
    } else {
      writeOut(last);
      requestMore();
    }
    if (chunker.octets() == 0 && (failure != null ? requests == 0 || cancelled : last)) {
      close();
    }
  }

  private int most(ByteBuf data) {
    return 4 * limits.writeChunk() / Math.max(1, data.readableBytes());
  }

  /** Less than a chunk goes out at the end, or when nothing else is under way. */
  private void writeOut(boolean last) {
    while (chunker.octets() > 0) {
      int length = (int) Math.min(limits.writeChunk(), chunker.octets());
      boolean worthIt = length == limits.writeChunk() || last || requests == 0;
      boolean admitted = target.single() ? requests == 0 : window.admits(underWay, length);
      if (!worthIt || !admitted) {
        return;
      }
      if (!link.hasRoom()) {
        awaitRoom();
        return;
      }
      write(chunker.take(length));
    }
  }

  /** What waits for the channel is memory, and the window may be large. */
  private void awaitRoom() {
    if (!roomAwaited) {
      roomAwaited = true;
      link.awaitRoom(
          () -> {
            roomAwaited = false;
            drain();
          });
    }
  }

  private void write(ByteBuf data) {
    long offset = next;
    int length = data.readableBytes();
    next += length;
    underWay += length;
    requests++;
    link.send(
        0,
        id -> new HandleRequest.Write(id, target.handle(), offset, data),
        new WriteReply(offset, length));
  }

  private void requestMore() {
    Subscription from = source;
    boolean full = chunker.octets() >= 2L * limits.writeChunk();
    if (from == null || completed || full || outstanding > ahead / 2) {
      return;
    }
    int missing = ahead - outstanding;
    outstanding = ahead;
    from.request(missing);
  }

  private void fail(Throwable cause, long offset) {
    if (failure == null || offset < failedAt) {
      failure = cause;
      failedAt = offset;
    }
    Subscription from = source;
    if (from != null) {
      from.cancel();
    }
  }

  private void close() {
    if (!closing) {
      closing = true;
      link.leave(lost);
      window.end(link.headStart());
      if (failure == null) {
        requests += target.ending().send(link, target.handle(), target.path(), this::settle);
      }
      link.send(0, id -> new HandleRequest.Close(id, target.handle()), new CloseReply());
    }
    finish();
  }

  private void settle(@Nullable Throwable cause) {
    requests--;
    if (cause != null) {
      fail(cause, next);
    }
    drain();
  }

  private void finish() {
    if (!closed || requests > 0 || cancelled) {
      return;
    }
    if (failure == null) {
      sink.success();
    } else {
      sink.error(failure);
    }
  }

  private final class WriteReply implements Reply {
    private final long offset;
    private final int length;

    WriteReply(long offset, int length) {
      this.offset = offset;
      this.length = length;
    }

    @Override
    public void onResponse(SftpResponse response) {
      SftpResponse.Status status = (SftpResponse.Status) response;
      window.passed(length, 0, System.nanoTime());
      settle(
          ClientErrors.isOk(status)
              ? null
              : ClientErrors.failure(status, target.path(), "offset " + offset + ": "));
    }

    @Override
    public void onFailure(Throwable cause) {
      settle(cause);
    }

    private void settle(@Nullable Throwable cause) {
      requests--;
      underWay -= length;
      if (cause != null) {
        fail(cause, offset);
      }
      drain();
    }
  }

  private final class CloseReply implements Reply {
    @Override
    public void onResponse(SftpResponse response) {
      SftpResponse.Status status = (SftpResponse.Status) response;
      settle(ClientErrors.isOk(status) ? null : ClientErrors.failure(status, target.path()));
    }

    @Override
    public void onFailure(Throwable cause) {
      settle(cause);
    }

    private void settle(@Nullable Throwable cause) {
      closed = true;
      if (cause != null && failure == null) {
        failure = cause;
      }
      finish();
    }
  }
}
