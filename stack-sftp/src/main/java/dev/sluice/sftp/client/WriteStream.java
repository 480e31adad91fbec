package dev.sluice.sftp.client;

import dev.sluice.api.Discards;
import dev.sluice.api.ForeignContent;
import dev.sluice.api.ReadOptions;
import dev.sluice.api.RemotePath;
import dev.sluice.api.SessionClosed;
import dev.sluice.sftp.message.HandleRequest;
import dev.sluice.sftp.message.SftpHandle;
import dev.sluice.sftp.message.SftpResponse;
import dev.sluice.transport.io.Arrivals;
import io.netty.buffer.ByteBuf;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.publisher.Signal;
import reactor.util.context.Context;

/**
 * An upload into an open file: many WRITEs in flight at a time, then CLOSE. Succeeds if all of them
 * do. After a failure, nothing more is written: outstanding answers are awaited, the handle is
 * given back, and the failure at the lowest offset is signalled.
 */
final class WriteStream {
  private static final int LEAST_AHEAD = 2;
  private static final int MOST_AHEAD = 256;

  /** How far the file is from being closed. */
  private enum Stage {
    WRITING,
    /** CLOSE, and what comes before it, has been sent. */
    CLOSING,
    CLOSED,
    /** The end has been signalled. */
    OVER
  }

  private final SftpLink link;
  private final Target target;
  private final int chunk;
  private final MonoSink<Void> sink;
  private final Arrivals arrivals;
  private final Chunker chunker = new Chunker();
  private final WritesUnderWay writes;
  private final Consumer<Throwable> lost = this::lost;
  private volatile boolean cancelled;
  private boolean roomAwaited;
  private Stage stage = Stage.WRITING;

  /**
   * Where an upload goes.
   *
   * @param path for errors
   * @param offset of the first octet; without meaning when the handle appends
   * @param single whether only one WRITE may be in flight, as their order decides where the data
   *     lands
   * @param ending what follows the last WRITE
   */
  record Target(SftpHandle handle, RemotePath path, long offset, boolean single, Ending ending) {}

  private WriteStream(SftpLink link, Target target, TransferLimits limits, MonoSink<Void> sink) {
    this.link = link;
    this.target = target;
    this.chunk = limits.writeChunk();
    this.sink = sink;
    this.arrivals =
        new Arrivals(
            link::run,
            this::drain,
            new Arrivals.Ahead(LEAST_AHEAD, MOST_AHEAD, 4 * chunk),
            ReadOptions.large(Context.of(sink.contextView())));
    FlightWindow window = new FlightWindow(link.roundTrip(), limits);
    this.writes = new WritesUnderWay(window, target.single(), target.offset());
  }

  /** Writes {@code content} and gives the handle back, whatever happens. */
  static Mono<Void> of(
      SftpLink link, Target target, TransferLimits limits, Publisher<? extends ByteBuf> content) {
    return Mono.create(
        sink -> {
          WriteStream stream = new WriteStream(link, target, limits, sink);
          link.run(stream::begin);
          sink.onCancel(stream::cancel);
          Discards.apart(ForeignContent.of(content)).subscribe(stream.arrivals);
        });
  }

  private void begin() {
    link.enter(lost);
    writes.begin(link.headStart(), System.nanoTime());
  }

  private void cancel() {
    cancelled = true;
    arrivals.wake();
  }

  private void lost(Throwable cause) {
    writes.failNext(cause);
    drain();
  }

  private void drain() {
    Signal<?> end = arrivals.end(); // read before the buffers: nothing arrives after it
    for (ByteBuf data = arrivals.poll(); data != null; data = arrivals.poll()) {
      chunker.add(data);
    }
    if (end != null && end.getThrowable() != null) {
      writes.failNext(end.getThrowable());
    }
    if (cancelled) {
      writes.failNext(new SessionClosed("the upload was cancelled"));
    }
    boolean failed = writes.failure() != null;
    if (failed) {
      arrivals.cancel();
      chunker.clear();
    } else {
      writeOut(end != null);
      requestMore();
    }
    if (chunker.octets() == 0 && (failed ? writes.isEmpty() || cancelled : end != null)) {
      close();
    }
  }

  /** Less than a chunk is sent at the end, or when nothing else is in flight. */
  private void writeOut(boolean last) {
    while (chunker.octets() > 0) {
      int length = (int) Math.min(chunk, chunker.octets());
      boolean worthIt = length == chunk || last || writes.isEmpty();
      if (!worthIt || !writes.admits(length)) {
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
    int length = data.readableBytes();
    long offset = writes.add(length);
    link.send(
        0,
        id -> new HandleRequest.Write(id, target.handle(), offset, data),
        new WriteReply(offset, length));
  }

  private void requestMore() {
    if (chunker.octets() < 2L * chunk) {
      arrivals.requestMore();
    }
  }

  private void close() {
    if (stage == Stage.WRITING) {
      stage = Stage.CLOSING;
      link.leave(lost);
      writes.end(link.headStart());
      if (writes.failure() == null) {
        writes.addOthers(
            target.ending().send(link, target.handle(), target.path(), this::endingSettled));
      }
      link.send(0, id -> new HandleRequest.Close(id, target.handle()), new CloseReply());
    }
    finish();
  }

  private void endingSettled(@Nullable Throwable cause) {
    writes.settled(0);
    if (cause != null) {
      writes.failNext(cause);
    }
    drain();
  }

  private void finish() {
    if (stage != Stage.CLOSED || !writes.isEmpty() || cancelled) {
      return;
    }
    stage = Stage.OVER;
    Throwable failure = writes.failure();
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
      writes.passed(length, System.nanoTime());
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
      writes.settled(length);
      if (cause != null) {
        writes.fail(cause, offset);
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
      stage = Stage.CLOSED;
      if (cause != null) {
        writes.failLast(cause);
      }
      finish();
    }
  }
}
