package dev.sluice.ftp.server;

import dev.sluice.api.RemotePath;
import dev.sluice.api.TimedOut;
import dev.sluice.api.observe.Outcome;
import dev.sluice.api.observe.TransferRef.Direction;
import dev.sluice.ftp.FtpReply;
import dev.sluice.ftp.io.DataLink;
import dev.sluice.ftp.reply.Refusal;
import dev.sluice.transport.AnswerMemory;
import dev.sluice.transport.io.TransferWatch;
import io.netty.buffer.ByteBuf;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;

/**
 * The frame around every use of a data connection: the 1yz reply, its orderly end, the stall watch,
 * and for a file the report to the observer.
 */
final class Transfer {
  private static final Duration LINGER = Duration.ofSeconds(10);

  private final Session session;
  private final Direction direction;
  private final String text;
  private final @Nullable TransferWatch watch;

  private Transfer(Session session, Direction direction, String text, @Nullable RemotePath file) {
    this.session = session;
    this.direction = direction;
    this.text = text;
    this.watch =
        file == null
            ? null
            : TransferWatch.start(
                session.services.observer(), session.ref(), direction, file, Context.empty());
  }

  /**
   * Sends with {@code body}, then ends the connection in order; 226 when the last octet is out.
   *
   * @param text of the 150 reply
   * @param file what is sent; null = a listing
   */
  static Mono<FtpReply> send(
      Session session,
      String text,
      @Nullable RemotePath file,
      Function<DataLink, Mono<Void>> body) {
    return Mono.defer(
        () -> {
          Transfer transfer = new Transfer(session, Direction.SENT, text, file);
          return transfer.reported(
              Mono.usingWhen(
                  transfer.connection(),
                  opened -> transfer.sendAndEnd(opened, body),
                  opened -> Mono.empty(),
                  (opened, failure) -> opened.reset(),
                  DataLink::reset));
        });
  }

  /**
   * Sends octets that pass through memory; they count against its limit until the client takes
   * them.
   */
  static Mono<Void> counted(Session session, DataLink stream, Flux<ByteBuf> octets) {
    return Mono.using(
        () -> {
          AnswerMemory.Share share = AnswerMemory.process().connection();
          share.of(session.identity().name());
          return share;
        },
        share -> stream.send(octets, share),
        AnswerMemory.Share::close);
  }

  /**
   * Receives: {@code sink} gets the arriving octets and subscribes to them when it is ready to
   * store them; only then does the 150 go out.
   */
  static Mono<FtpReply> receive(
      Session session, String text, RemotePath file, Function<Flux<ByteBuf>, Mono<Void>> sink) {
    return Mono.defer(
        () -> {
          Transfer transfer = new Transfer(session, Direction.RECEIVED, text, file);
          Flux<ByteBuf> octets =
              Flux.usingWhen(
                  transfer.connection(),
                  transfer::watched,
                  DataLink::close,
                  (opened, failure) -> opened.reset(),
                  transfer::turnAway);
          return transfer.reported(sink.apply(octets));
        });
  }

  /**
   * The storage takes no more, for example because the disk is full; the reply does not wait for
   * this.
   */
  private Mono<Void> turnAway(DataLink opened) {
    return opened.turnAway(LINGER, session.scheduler());
  }

  /**
   * The octets that arrive, until none does for too long. The watch ends the stream at its source:
   * an operator that ended it downstream would drop buffers in flight.
   */
  private Flux<ByteBuf> watched(DataLink opened) {
    return Flux.using(
        () -> stalled(opened).subscribe(never -> {}, opened::fail),
        watch -> opened.receive(),
        Disposable::dispose);
  }

  private Mono<DataLink> connection() {
    return Mono.defer(
        () -> {
          if (!session.data.isArranged()) {
            return Mono.error(new Refusal(425, "Use PASV, EPSV, PORT or EPRT first"));
          }
          session.security.checkTransfer();
          Preliminary reply = new Preliminary(session, text);
          Mono<DataLink> link =
              session.data.open().doOnNext(this::follow).flatMap(made -> protect(made, reply));
          return session.security.ticketGoesFirst(clientSends())
              ? reply.afterHandshake(link)
              : reply.before(link);
        });
  }

  private boolean clientSends() {
    return direction == Direction.RECEIVED;
  }

  /** A connection that cannot be protected is closed. */
  private Mono<DataLink> protect(DataLink opened, Preliminary reply) {
    return session
        .data
        .unlessAborted(session.security.protect(opened, clientSends(), reply::helloHeard))
        .onErrorResume(failure -> opened.close().then(Mono.error(failure)));
  }

  /** Input from the client is dropped meanwhile: unread input would turn our FIN into a reset. */
  private Mono<Void> sendAndEnd(DataLink opened, Function<DataLink, Mono<Void>> body) {
    Mono<Void> peerEnd = opened.receive().doOnNext(ReferenceCountUtil::safeRelease).then().cache();
    Mono<Void> sent = body.apply(opened).then(Mono.defer(opened::endOutput));
    return Mono.firstWithSignal(sent, peerEnd.then(Mono.<Void>never()), stalled(opened))
        .doOnSuccess(done -> opened.closeAfter(peerEnd, LINGER, session.scheduler()));
  }

  /** Never completes; fails when no octet has moved for the stall time. */
  private Mono<Void> stalled(DataLink opened) {
    Duration limit = session.options().timeouts().dataStall();
    long[] before = {-1};
    return Flux.interval(limit, session.scheduler())
        .doOnNext(
            tick -> {
              long moved = opened.octetsMoved();
              if (moved == before[0]) {
                throw new TimedOut("data on the data connection", limit);
              }
              before[0] = moved;
            })
        .then();
  }

  private void follow(DataLink opened) {
    if (watch != null) {
      watch.follow(opened);
    }
  }

  private Mono<FtpReply> reported(Mono<Void> work) {
    Mono<Void> reported =
        watch == null
            ? work
            : watch.until(
                work.doOnError(
                    failure -> {
                      if (session.data.isAborted()) {
                        watch.end(Outcome.CANCELLED);
                      }
                    }));
    return reported.thenReturn(FtpReply.of(226, "Transfer complete"));
  }
}
