package dev.sluice.sftp.client;

import dev.sluice.api.RemotePath;
import dev.sluice.api.observe.Outcome;
import dev.sluice.api.observe.SessionEvent;
import dev.sluice.api.observe.SessionObserver;
import dev.sluice.api.observe.SessionRef;
import dev.sluice.api.observe.TransferRef.Direction;
import dev.sluice.sftp.message.Extended;
import dev.sluice.sftp.message.PathRequest;
import dev.sluice.sftp.message.SftpRequest;
import dev.sluice.sftp.message.SftpResponse;
import dev.sluice.transport.io.OpeningWatch;
import dev.sluice.transport.io.TransferWatch;
import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

/** What an observer learns about one session. Costs nothing if nobody watches. */
final class Observation {
  private static final String PROTOCOL = "SSH 2.0";

  private final SessionObserver observer;
  private final String user;
  private volatile SessionRef ref;

  /**
   * @param peer its address, as it was asked for
   */
  Observation(SessionObserver observer, InetSocketAddress peer, String user) {
    this.observer = observer;
    this.ref = SessionRef.of(SessionRef.Role.CLIENT, "sftp", peer);
    this.user = user;
  }

  /** Nobody watches. */
  static Observation none() {
    return new Observation(
        SessionObserver.NONE, InetSocketAddress.createUnresolved("nowhere", 0), "");
  }

  private boolean watches() {
    return observer != SessionObserver.NONE;
  }

  /** {@code opening}, reported to the observer. */
  <S> Mono<S> over(Mono<S> opening) {
    return OpeningWatch.over(observer, ref, opening);
  }

  /**
   * The connection is established, and the user logged in.
   *
   * @param algorithms that were negotiated
   */
  void opened(String algorithms) {
    tell(new SessionEvent.Connected(ref));
    tell(new SessionEvent.Secured(ref, PROTOCOL, algorithms, false));
    ref = ref.withUser(user);
    tell(new SessionEvent.LoggedIn(ref));
  }

  /** The server did not let the user in. */
  void refused(Throwable why) {
    tell(new SessionEvent.Connected(ref));
    tell(new SessionEvent.LoginRefused(ref, user));
    closed(why);
  }

  void closed(@Nullable Throwable cause) {
    tell(
        cause == null
            ? new SessionEvent.Closed(ref, Outcome.COMPLETE, "closed")
            : new SessionEvent.Closed(
                ref, Outcome.failed(cause), String.valueOf(cause.getMessage())));
  }

  /** {@code reply}, with the answer reported to the observer first. */
  Reply watching(Reply reply, SftpRequest request) {
    return watches() ? new Watched(reply, name(request)) : reply;
  }

  Flux<ByteBuf> received(RemotePath file, Flux<ByteBuf> download) {
    return watches()
        ? Flux.deferContextual(
            context -> {
              TransferWatch watch = watch(Direction.RECEIVED, file, context);
              return watch.until(watch.count(download));
            })
        : download;
  }

  /**
   * An upload.
   *
   * @param writing writes the content that it is given
   */
  Mono<Void> sent(
      RemotePath file,
      Publisher<? extends ByteBuf> content,
      Function<Publisher<? extends ByteBuf>, Mono<Void>> writing) {
    return watches()
        ? Mono.deferContextual(
            context -> {
              TransferWatch watch = watch(Direction.SENT, file, context);
              return watch.until(writing.apply(watch.count(content)));
            })
        : writing.apply(content);
  }

  private TransferWatch watch(Direction direction, RemotePath file, ContextView context) {
    return TransferWatch.start(observer, ref, direction, file, context);
  }

  private void tell(SessionEvent event) {
    observer.onEvent(event);
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
      tell(new SessionEvent.RequestAnswered(ref, request, (int) code, took));
      reply.onResponse(response);
    }

    @Override
    public void onFailure(Throwable cause) {
      reply.onFailure(cause);
    }
  }
}
