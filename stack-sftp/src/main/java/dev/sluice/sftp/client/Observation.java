package dev.sluice.sftp.client;

import dev.sluice.api.observe.Moved;
import dev.sluice.api.observe.SessionEvent;
import dev.sluice.api.observe.SessionEvent.Direction;
import dev.sluice.api.observe.SessionNumber;
import dev.sluice.api.observe.SessionObserver;
import dev.sluice.sftp.message.Extended;
import dev.sluice.sftp.message.PathRequest;
import dev.sluice.sftp.message.SftpRequest;
import dev.sluice.sftp.message.SftpResponse;
import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Function;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What an observer hears of one session. Costs nothing where nobody watches. */
final class Observation {
  private static final String PROTOCOL = "SSH 2.0";

  private final SessionObserver observer;
  private final String user;
  private final long id = SessionNumber.next();

  Observation(SessionObserver observer, String user) {
    this.observer = observer;
    this.user = user;
  }

  /** Nobody watches. */
  static Observation none() {
    return new Observation(SessionObserver.NONE, "");
  }

  private boolean watches() {
    return observer != SessionObserver.NONE;
  }

  /**
   * A connection is there, and the user logged in.
   *
   * @param peer its address, as it was asked for
   * @param algorithms that were negotiated
   */
  void opened(InetSocketAddress peer, String algorithms) {
    observer.onEvent(new SessionEvent.Connected(id, "sftp", peer));
    observer.onEvent(new SessionEvent.Secured(id, PROTOCOL, algorithms, false));
    observer.onEvent(new SessionEvent.LoggedIn(id, user));
  }

  /** The server did not let the user in. */
  void refused(InetSocketAddress peer, Throwable why) {
    observer.onEvent(new SessionEvent.Connected(id, "sftp", peer));
    observer.onEvent(new SessionEvent.LoginRefused(id, user));
    closed(String.valueOf(why.getMessage()));
  }

  void closed(String reason) {
    observer.onEvent(new SessionEvent.Closed(id, reason));
  }

  /** {@code reply}, and whoever watches hears of the answer first. */
  Reply watching(Reply reply, SftpRequest request) {
    return watches() ? new Watched(reply, name(request)) : reply;
  }

  Flux<ByteBuf> received(Flux<ByteBuf> download) {
    return watches()
        ? Flux.defer(
            () -> {
              Moved moved = new Moved(observer, id, Direction.RECEIVED);
              return moved.report(moved.count(download));
            })
        : download;
  }

  /**
   * An upload.
   *
   * @param writing writes the content that it is given
   */
  Mono<Void> sent(
      Publisher<? extends ByteBuf> content,
      Function<Publisher<? extends ByteBuf>, Mono<Void>> writing) {
    return watches()
        ? Mono.defer(
            () -> {
              Moved moved = new Moved(observer, id, Direction.SENT);
              return moved.report(writing.apply(moved.count(content)));
            })
        : writing.apply(content);
  }

  private static String name(SftpRequest request) {
    if (request instanceof PathRequest.Plain plain) {
      return plain.kind().name();
    }
    return request instanceof Extended extended
        ? extended.extension().name()
        : request.getClass().getSimpleName().toUpperCase(Locale.ROOT);
  }

  private final class Watched implements Reply {
    private final Reply reply;
    private final String request;
    private final long start = System.nanoTime();

    Watched(Reply reply, String request) {
      this.reply = reply;
      this.request = request;
    }

    @Override
    public void onResponse(SftpResponse response) {
      long code = response instanceof SftpResponse.Status status ? status.code() : 0;
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      observer.onEvent(new SessionEvent.RequestAnswered(id, request, (int) code, took));
      reply.onResponse(response);
    }

    @Override
    public void onFailure(Throwable cause) {
      reply.onFailure(cause);
    }
  }
}
