package dev.sluice.ftp.io;

import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.api.ForeignContent;
import dev.sluice.api.PeerUntrusted;
import dev.sluice.api.ProtectionRefused;
import dev.sluice.api.TimedOut;
import dev.sluice.api.TransferException;
import dev.sluice.api.storage.FileContent;
import dev.sluice.ftp.FtpReply;
import dev.sluice.ftp.reply.ReplyErrors;
import dev.sluice.tls.core.TlsCore;
import dev.sluice.tls.session.MissingCloseNotify;
import dev.sluice.tls.session.TlsSession;
import io.netty.buffer.ByteBuf;
import io.netty.util.IllegalReferenceCountException;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A file or a listing on its way: a command that was answered with 1yz, and its data connection.
 *
 * <p>It has succeeded after both the orderly end of the data and a positive final reply, in either
 * order (RFC 959 section 5.4). A negative reply ends it at once, and so does a data connection on
 * which nothing moves for the stall time while it is the peer's turn.
 */
public final class Transfer {
  private static final Duration LINGER = Duration.ofSeconds(5);

  private final ControlLink control;
  private final Exchange exchange;
  private final DataLink data;
  private final Duration stall;
  private @Nullable TransferException failure;
  private long received;

  public Transfer(ControlLink control, Exchange exchange, DataLink data, Duration stall) {
    this.control = control;
    this.exchange = exchange;
    this.data = data;
    this.stall = stall;
  }

  /**
   * The octets as they arrive; each buffer belongs to the subscriber. Signals {@link Unvouched}
   * when all seems well but the server did not confirm that the octets were complete.
   */
  public Flux<ByteBuf> download() {
    return Flux.using(
        Watch::new,
        watch ->
            data.receive()
                .doOnNext(octets -> received += octets.readableBytes())
                .onErrorResume(this::downloadFailed)
                .concatWith(Mono.defer(this::conclude).then(Mono.empty())),
        Watch::dispose);
  }

  /** Sends {@code content} and ends the connection in order. Takes the buffers. */
  public Mono<Void> upload(Publisher<? extends ByteBuf> content) {
    return Mono.using(
        Watch::new,
        watch ->
            sendAndEnd(sent(content))
                .onErrorResume(this::uploadFailed)
                .then(Mono.defer(this::conclude)),
        Watch::dispose);
  }

  /** A file bypasses our buffers where no code has to see its octets. */
  private Mono<Void> sent(Publisher<? extends ByteBuf> content) {
    if (!(content instanceof FileContent file) || data.isSecured()) {
      return stream(content);
    }
    return file.send(
            (handle, position, length) ->
                data.sendFile(handle, position, length).onErrorMap(LinkFailed::new),
            octets ->
                stream(octets)
                    .onErrorMap(
                        cause -> cause instanceof ContentFailed ? cause : new LinkFailed(cause)))
        .onErrorMap(
            cause ->
                cause instanceof LinkFailed
                    ? cause.getCause()
                    : cause instanceof ContentFailed ? cause : new ContentFailed(cause));
  }

  private Mono<Void> stream(Publisher<? extends ByteBuf> content) {
    return data.send(ForeignContent.of(content).onErrorMap(ContentFailed::new))
        .onErrorMap(IllegalReferenceCountException.class, ContentFailed::new);
  }

  /**
   * Encrypts the data connection and emits the negotiated TLS session. The server's reply gives the
   * reason for a failure, unless our side refused.
   */
  public Mono<TlsSession> secure(Supplier<TlsCore> tls) {
    return data.secure(tls)
        .onErrorResume(
            cause ->
                cause instanceof ProtectionRefused || cause instanceof PeerUntrusted
                    ? Mono.error(cause)
                    : explain(cause).flatMap(Mono::error));
  }

  /**
   * Under TLS the server sends, too: tickets, which the next transfer needs, key updates, and its
   * own end. They are read while we send; unread input would turn our end into a reset.
   */
  private Mono<Void> sendAndEnd(Mono<Void> content) {
    Mono<Void> sent = content.then(data.endOutput());
    if (!data.isSecured()) {
      return sent;
    }
    Mono<Void> serverEnd = data.drain().cache();
    return Mono.using(
        serverEnd::subscribe,
        reading -> sent.then(serverEnd.timeout(LINGER, control.scheduler()).onErrorComplete()),
        reading -> {});
  }

  /** Octets on the data connection so far. */
  public long octetsMoved() {
    return data.octetsMoved();
  }

  /** Some servers send the final reply only when both sides have closed the data connection. */
  private Mono<Void> conclude() {
    control.dataEnded();
    return data.close()
        .then(exchange.answer())
        .flatMap(
            reply ->
                reply.isCompletion()
                    ? Mono.empty()
                    : Mono.error(ReplyErrors.toFailure(reply, exchange.command().describe())));
  }

  private Flux<ByteBuf> downloadFailed(Throwable cause) {
    if (failure == null && cause instanceof MissingCloseNotify missing) {
      return conclude().thenMany(unvouched(missing));
    }
    return explain(cause).flatMapMany(Flux::error);
  }

  private Flux<ByteBuf> unvouched(MissingCloseNotify cause) {
    return exchange
        .opening()
        .flatMapMany(
            opening ->
                Flux.error(
                    new Unvouched(received, opening.find(Unvouched::octetsIn).orElse(-1L), cause)));
  }

  private Mono<Void> uploadFailed(Throwable cause) {
    Throwable origin = cause instanceof ContentFailed ? cause.getCause() : null;
    return origin != null ? Mono.error(origin) : explain(cause).flatMap(Mono::error);
  }

  /** The server's reply explains a broken data connection better than the socket's error. */
  private Mono<Throwable> explain(Throwable cause) {
    if (failure != null) {
      return Mono.just(failure);
    }
    control.dataEnded();
    return exchange.answer().map(reply -> brokenOff(reply, cause)).onErrorResume(Mono::just);
  }

  private Throwable brokenOff(FtpReply reply, Throwable cause) {
    String command = exchange.command().describe();
    return reply.isNegative()
        ? ReplyErrors.toFailure(reply, command)
        : new FileFailure(
            FileError.INTERRUPTED,
            command + ": the data connection broke: " + cause.getMessage(),
            cause);
  }

  private void fail(TransferException cause) {
    if (failure == null) {
      failure = cause;
    }
    data.fail(cause);
  }

  /** The caller's content failed, not the connection. */
  private static final class ContentFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ContentFailed(Throwable cause) {
      super(null, cause, false, false);
    }
  }

  /** The connection failed, not the caller's content. */
  private static final class LinkFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LinkFailed(Throwable cause) {
      super(null, cause, false, false);
    }
  }

  /** Ends the transfer when the server ends it, or when nothing moves. On the event loop. */
  private final class Watch implements Runnable {
    private final ScheduledFuture<?> timer;
    private final Disposable reply;
    private long moved = -1;
    private long lastProgress = System.nanoTime();

    Watch() {
      long period = Math.max(1, stall.toMillis() / 8);
      timer = control.loop().scheduleWithFixedDelay(this, period, period, TimeUnit.MILLISECONDS);
      reply = exchange.answer().subscribe(this::answered, this::lost);
    }

    void dispose() {
      timer.cancel(false);
      reply.dispose();
    }

    @Override
    public void run() {
      long octets = data.octetsMoved();
      if (octets != moved || !data.waitsForPeer()) {
        moved = octets;
        lastProgress = System.nanoTime();
      } else if (System.nanoTime() - lastProgress > stall.toNanos()) {
        timer.cancel(false);
        fail(new TimedOut("data of " + exchange.command().verb(), stall));
      }
    }

    private void answered(FtpReply answer) {
      if (answer.isNegative()) {
        fail(ReplyErrors.toFailure(answer, exchange.command().describe()));
      }
    }

    private void lost(Throwable cause) {
      if (cause instanceof TransferException reason) {
        fail(reason);
      }
    }
  }
}
