package dev.sluice.sftp.server;

import dev.sluice.api.observe.TransferRef.Direction;
import dev.sluice.sftp.SftpVersion;
import dev.sluice.sftp.message.SftpResponse;
import dev.sluice.sftp.message.StatusCode;
import dev.sluice.sftp.server.Work.Reading;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;

/**
 * Consecutive READs, done with one read of the storage: each is answered by a part of the buffer.
 * If the storage returns less, reading continues, up to the end of the file.
 */
final class ReadTurn implements CoreSubscriber<ByteBuf> {
  private final List<Reading> readings;
  private final OpenFile file;
  private final Session session;
  private final Consumer<SftpResponse> answers;
  private final Runnable ended;
  private final long start;
  private final int wanted;
  private ByteBuf octets = Unpooled.EMPTY_BUFFER;
  private @Nullable ByteBuf piece;
  private @Nullable Throwable failure;

  /**
   * @param ended runs after the last answer
   */
  ReadTurn(
      List<Reading> readings, Session session, Consumer<SftpResponse> answers, Runnable ended) {
    Reading last = readings.get(readings.size() - 1);
    this.readings = readings;
    this.file = last.file();
    this.session = session;
    this.answers = answers;
    this.ended = ended;
    this.start = readings.get(0).request().offset();
    this.wanted = (int) (last.request().offset() + last.length() - start);
  }

  /** Begins, or reads on. On the session's thread. */
  void run() {
    file.begun(Direction.SENT, session);
    int missing = wanted - octets.readableBytes();
    if (missing == 0) {
      finish();
    } else {
      file.handle().read(start + octets.readableBytes(), missing).subscribe(this);
    }
  }

  @Override
  public void onSubscribe(Subscription subscription) {
    subscription.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(ByteBuf data) {
    piece = data;
  }

  @Override
  public void onError(Throwable cause) {
    failure = cause;
    onComplete();
  }

  @Override
  public void onComplete() {
    session.scheduler().schedule(this::readOn);
  }

  private void readOn() {
    ByteBuf read = piece;
    piece = null;
    if (read == null || !read.isReadable()) { // the end of the file, or a failure
      if (read != null) {
        read.release();
      }
      finish();
      return;
    }
    octets =
        octets.isReadable()
            ? ByteBufAllocator.DEFAULT
                .compositeBuffer(Integer.MAX_VALUE)
                .addFlattenedComponents(true, octets)
                .addFlattenedComponents(true, read)
            : read;
    run();
  }

  private void finish() {
    SftpVersion version = session.version();
    file.moved(octets.readableBytes());
    if (failure != null) {
      file.readFailed(failure);
    } else if (octets.readableBytes() < wanted) {
      file.readToEnd();
    }
    for (Reading reading : readings) {
      int id = reading.request().id();
      int length = Math.min(reading.length(), octets.readableBytes());
      if (length > 0 || reading.length() == 0 && reading.request().length() == 0) {
        answers.accept(new SftpResponse.Data(id, octets.readRetainedSlice(length), false));
      } else if (failure != null) {
        answers.accept(session.refusal(id, failure));
      } else {
        answers.accept(ServerStatus.of(id, StatusCode.EOF, version));
      }
    }
    octets.release();
    ended.run();
  }
}
