package dev.sluice.sftp.server;

import dev.sluice.api.observe.TransferRef.Direction;
import dev.sluice.sftp.message.SftpResponse;
import dev.sluice.sftp.server.Work.Writing;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.CompositeByteBuf;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;

/**
 * Consecutive WRITEs, done with one write of the storage and answered when it has taken all. If it
 * fails, they are written one by one, so that each gets its own result.
 */
final class WriteTurn implements CoreSubscriber<Void> {
  private final List<Writing> writings;
  private final OpenFile file;
  private final Session session;
  private final Consumer<SftpResponse> answers;
  private final Runnable ended;
  private @Nullable Throwable failure;
  private int first; // of those in flight
  private int end;

  /**
   * @param ended runs after the last answer
   */
  WriteTurn(
      List<Writing> writings, Session session, Consumer<SftpResponse> answers, Runnable ended) {
    this.writings = writings;
    this.file = writings.get(0).file();
    this.session = session;
    this.answers = answers;
    this.ended = ended;
    this.end = writings.size();
  }

  /** Writes those that are due. On the session's thread. */
  void run() {
    Writing head = writings.get(first);
    file.begun(Direction.RECEIVED, session);
    if (end == first + 1 && head.octets() == 0) {
      onComplete();
      return;
    }
    file.handle().write(head.request().offset(), content()).subscribe(this);
  }

  @Override
  public void onSubscribe(Subscription subscription) {
    subscription.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(Void nothing) {}

  @Override
  public void onError(Throwable cause) {
    failure = cause;
    onComplete();
  }

  @Override
  public void onComplete() {
    session.scheduler().schedule(this::written);
  }

  private ByteBuf content() {
    if (end == first + 1) {
      return writings.get(first).request().data().retain();
    }
    CompositeByteBuf all = ByteBufAllocator.DEFAULT.compositeBuffer(Integer.MAX_VALUE);
    for (Writing writing : writings.subList(first, end)) {
      all.addFlattenedComponents(true, writing.request().data().retain());
    }
    return all;
  }

  private void written() {
    Throwable cause = failure;
    failure = null;
    if (cause != null && end > first + 1) {
      end = first + 1;
      run();
      return;
    }
    for (; first < end; first++) {
      answer(writings.get(first), cause);
    }
    if (first < writings.size()) {
      end = first + 1;
      run();
    } else {
      ended.run();
    }
  }

  private void answer(Writing writing, @Nullable Throwable cause) {
    int id = writing.request().id();
    if (cause == null) {
      file.moved(writing.octets());
      answers.accept(ServerStatus.ok(id, session.version()));
    } else {
      file.writeFailed(cause);
      answers.accept(ServerStatus.of(id, cause, session.version()));
    }
    writing.drop();
  }
}
