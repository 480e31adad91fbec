package dev.sluice.ftp.client;

import dev.sluice.api.PeerMisbehaved;
import dev.sluice.api.RawName;
import dev.sluice.api.RemotePath;
import dev.sluice.ftp.FtpReply;
import dev.sluice.ftp.TransferFormat;
import dev.sluice.ftp.command.Count;
import dev.sluice.ftp.command.FtpCommand;
import dev.sluice.ftp.command.OnPath;
import dev.sluice.ftp.command.Text;
import dev.sluice.ftp.command.Verb;
import dev.sluice.ftp.io.DataOffer;
import dev.sluice.ftp.io.Exchange;
import dev.sluice.ftp.io.Transfer;
import dev.sluice.ftp.reply.ReplyErrors;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * One caller's use of the session, from its turn to its end: commands, at most one data connection,
 * and what must be undone when it ends early.
 */
final class Job {
  private final Conversation conversation;
  private final Turn turn;
  private @Nullable DataOffer offer;
  private @Nullable Mono<Void> undo;
  private @Nullable UserSide userSide;
  private boolean begun;

  Job(Conversation conversation, Turn turn) {
    this.conversation = conversation;
    this.turn = turn;
  }

  Job begin() {
    begun = true;
    return this;
  }

  boolean hasBegun() {
    return begun;
  }

  Conversation conversation() {
    return conversation;
  }

  /** From here on the job goes no faster than its user. */
  void reliesOn(UserSide side) {
    userSide = side;
  }

  /** The side of the user of this job's stream; null = the job waits for no user. */
  @Nullable UserSide userSide() {
    return userSide;
  }

  /** Sends a command and emits its final reply, whatever it says. */
  Mono<FtpReply> send(FtpCommand command) {
    return conversation.send(command);
  }

  /** Sends a command and emits its final reply when that is positive, else the failure. */
  Mono<FtpReply> expect(FtpCommand command) {
    return send(command).flatMap(reply -> positive(command, reply));
  }

  /**
   * Sends two commands of which the second makes sense only after the first: at once where the
   * server takes that. Emits both final replies, or the first one alone when it is a refusal.
   */
  Mono<List<FtpReply>> chain(FtpCommand first, FtpCommand second) {
    if (conversation.takesSeveral()) {
      return conversation
          .sendAll(List.of(first, second))
          .map(both -> both.get(0).isNegative() ? both.subList(0, 1) : both);
    }
    return send(first)
        .flatMap(
            reply ->
                reply.isNegative()
                    ? Mono.just(List.of(reply))
                    : send(second).map(next -> List.of(reply, next)));
  }

  /** As {@link #expect}; asks once more with the older verb when the first is not known. */
  Mono<FtpReply> expect(OnPath command, Verb olderVerb) {
    return send(command)
        .flatMap(
            reply ->
                isUnknown(reply)
                    ? expect(new OnPath(olderVerb, command.path()))
                    : positive(command, reply));
  }

  /** Refuses a command that cannot be written before anything is sent. */
  Mono<Void> check(FtpCommand command) {
    return Mono.fromRunnable(
        () -> {
          ByteBuf scratch = Unpooled.buffer(64);
          command.encode(scratch, conversation.charset());
        });
  }

  /** Sets TYPE and MODE where they differ. */
  Mono<Void> format(TransferFormat wanted) {
    return Mono.defer(
        () -> {
          TransferFormat now = conversation.agreed.format;
          Mono<Void> type =
              now != null && now.type() == wanted.type()
                  ? Mono.empty()
                  : expect(new Text(Verb.TYPE, wanted.type().code())).then();
          Mono<Void> mode =
              now != null && now.mode() == wanted.mode()
                  ? Mono.empty()
                  : expect(new Text(Verb.MODE, wanted.mode().code())).then();
          return type.then(mode).then(Mono.fromRunnable(() -> conversation.agreed.format = wanted));
        });
  }

  /**
   * Starts a transfer: format, data connection, REST when {@code offset} is not 0, the command.
   * Emits when the server has answered 1yz and the data connection is there.
   */
  Mono<Transfer> transfer(FtpCommand command, TransferFormat wanted, long offset) {
    return check(command)
        .then(DataProtection.prepare(conversation))
        .then(format(wanted))
        .then(Mono.defer(this::dropOffer))
        .then(Mono.defer(() -> DataAgreement.reach(this)))
        .flatMap(agreed -> restart(offset).then(start(command, agreed)));
  }

  /** From here on this data connection is closed when the job ends early. */
  void own(DataOffer newOffer) {
    offer = newOffer;
  }

  /** Reports a problem that did not stop the job. */
  void report(RemotePath path, String text) {
    conversation.options.trace().accept("! " + RawName.escape(path.toString()) + ": " + text);
  }

  /** Reports a line of a listing that could not be read. */
  void reportUnparsed(String line) {
    conversation.options.trace().accept("! unreadable in a listing: " + RawName.escape(line));
  }

  /** Discards the data connection, which is of no use; another one replaces it. */
  Mono<Void> dropOffer() {
    DataOffer dropped = offer;
    offer = null;
    return dropped == null ? Mono.empty() : dropped.discard();
  }

  /** From here on {@code newUndo} runs after an early end; null = nothing does. */
  void undoWith(@Nullable Mono<Void> newUndo) {
    undo = newUndo;
  }

  /**
   * Ends the job wherever it is, and passes the turn when the session is usable or closed. An abort
   * goes out before the data connection is reset, so that the server learns why it ends. Never
   * fails.
   */
  Mono<Void> end() {
    return Mono.defer(
            () -> {
              Mono<Void> undoing = undo;
              undo = null;
              Mono<Void> settled = Mono.when(conversation.control.settle(), dropOffer());
              return undoing == null
                  ? settled
                  : settled.then(undoing).onErrorComplete().then(conversation.control.settle());
            })
        .onErrorComplete()
        .doFinally(signal -> turn.pass());
  }

  static boolean isUnknown(FtpReply reply) {
    return reply.code() == 500 || reply.code() == 502 || reply.code() == 504;
  }

  static Mono<FtpReply> positive(FtpCommand command, FtpReply reply) {
    if (reply.isNegative()) {
      return Mono.error(ReplyErrors.toFailure(reply, command.describe()));
    }
    if (reply.isPreliminary()) {
      return Mono.error(new PeerMisbehaved(command.describe() + " ended with " + reply.describe()));
    }
    return Mono.just(reply);
  }

  /** The server forgets an offset only when a transfer begins (RFC 3659 section 5.3). */
  private Mono<Void> restart(long offset) {
    return Mono.defer(
        () -> {
          if (offset == 0 && !conversation.agreed.restPending) {
            return Mono.empty();
          }
          conversation.agreed.restPending = offset != 0;
          return expect(new Count(Verb.REST, offset)).then();
        });
  }

  private Mono<Transfer> start(FtpCommand command, DataOffer agreed) {
    return conversation
        .control
        .begin(command)
        .flatMap(exchange -> exchange.opening().flatMap(reply -> open(exchange, reply, agreed)));
  }

  private Mono<Transfer> open(Exchange exchange, FtpReply reply, DataOffer agreed) {
    if (reply.isNegative()) {
      return Mono.error(ReplyErrors.toFailure(reply, exchange.command().describe()));
    }
    if (reply.isIntermediate()) {
      return Mono.error(
          new PeerMisbehaved(exchange.command().describe() + " was answered " + reply.describe()));
    }
    conversation.agreed.restPending = false;
    return agreed
        .link()
        .map(
            link ->
                new Transfer(
                    conversation.control,
                    exchange,
                    link,
                    conversation.options.timeouts().dataStall()))
        .flatMap(this::secure);
  }

  /** The FTP client is always the TLS client, whichever side has connected (RFC 4217 section 7). */
  private Mono<Transfer> secure(Transfer transfer) {
    Protection protection = conversation.protection;
    return protection.data
        ? transfer
            .secure(protection::take)
            .doOnNext(session -> DataProtection.secured(conversation, session))
            .thenReturn(transfer)
        : Mono.just(transfer);
  }
}
