package dev.sluice.sftp.server;

import dev.sluice.api.observe.SessionEvent;
import dev.sluice.sftp.message.SftpResponse;
import dev.sluice.sftp.message.StatusCode;
import dev.sluice.sftp.server.Work.Calling;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;

/** A request that is neither READ nor WRITE, while it runs. */
final class CallTurn implements CoreSubscriber<SftpResponse> {
  private final Calling call;
  private final Session session;
  private final Consumer<SftpResponse> answers;
  private final Runnable ended;
  private final long startNanos = System.nanoTime();
  private @Nullable SftpResponse response;
  private @Nullable Throwable failure;

  /**
   * @param ended runs after the answer
   */
  CallTurn(Calling call, Session session, Consumer<SftpResponse> answers, Runnable ended) {
    this.call = call;
    this.session = session;
    this.answers = answers;
    this.ended = ended;
  }

  void run() {
    call.answer().subscribe(this);
  }

  @Override
  public void onSubscribe(Subscription subscription) {
    subscription.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(SftpResponse answer) {
    response = answer;
  }

  @Override
  public void onError(Throwable cause) {
    failure = cause;
    onComplete();
  }

  @Override
  public void onComplete() {
    session.scheduler().schedule(this::finish);
  }

  private void finish() {
    SftpResponse answer = response;
    int id = call.request().id();
    if (failure != null) {
      answer = session.refusal(id, failure);
    } else if (answer == null) { // cut short
      answer = ServerStatus.of(id, StatusCode.FAILURE, session.version());
    }
    answers.accept(answer);
    if (session.isWatched()) {
      int code = answer instanceof SftpResponse.Status status ? (int) status.code() : 0;
      Duration took = Duration.ofNanos(System.nanoTime() - startNanos);
      session.tell(
          new SessionEvent.RequestAnswered(
              session.ref(), RequestTable.name(call.request()), code, took));
    }
    ended.run();
  }
}
