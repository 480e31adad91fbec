package dev.sluice.ftp.server;

import dev.sluice.api.Failures;
import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.api.RawName;
import dev.sluice.api.StorageUnavailable;
import dev.sluice.api.observe.Outcome;
import dev.sluice.api.observe.SessionEvent;
import dev.sluice.api.observe.SessionRef;
import dev.sluice.ftp.FtpReply;
import dev.sluice.ftp.command.FtpCommand;
import dev.sluice.ftp.command.Verb;
import dev.sluice.ftp.core.FtpServerCore;
import dev.sluice.ftp.core.FtpServerEvent;
import dev.sluice.ftp.reply.ReplyErrors;
import dev.sluice.transport.io.CoreHandler;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Turns the events of a session's core into replies, one request at a time. */
final class RequestLoop implements CoreHandler.Listener<FtpServerEvent> {
  private static final Logger LOG = LoggerFactory.getLogger(RequestLoop.class);
  private static final Set<Verb> KEEP_RENAME = EnumSet.of(Verb.RNTO, Verb.NOOP, Verb.STAT);

  private static final Duration CLEARING = Duration.ofSeconds(10);

  private final Session session;
  private final Runnable whenClosed;
  private Sinks.Empty<FtpReply> interrupt = Sinks.empty();
  private Disposable running = Disposables.disposed();
  private boolean usesDataPort;

  RequestLoop(Session session, Runnable whenClosed) {
    this.session = session;
    this.whenClosed = whenClosed;
  }

  @Override
  public void onEvent(FtpServerEvent event) {
    if (event instanceof FtpServerEvent.Requested requested) {
      carryOut(requested.command());
    } else if (event instanceof FtpServerEvent.Inquired inquired) {
      session.control.submit(core -> core.answer(answer(inquired.command())));
    } else if (event instanceof FtpServerEvent.Interrupted) {
      interrupt();
    } else if (event instanceof FtpServerEvent.Refused refused) {
      report(refused.request(), refused.code(), System.nanoTime());
    }
  }

  @Override
  public void onClosed(@Nullable Throwable cause) {
    SessionRef ref = session.ref(); // with the user, which the session forgets now
    running.dispose();
    session.data.abort();
    session
        .logOut()
        .subscribe(
            null,
            failure ->
                LOG.error(
                    "session {}: its files do not close: {}",
                    session.id(),
                    Failures.line(failure)));
    String reason = cause == null ? "ended" : RawName.escape(cause.toString());
    Outcome outcome = cause == null ? Outcome.COMPLETE : Outcome.failed(cause);
    session.tell(new SessionEvent.Closed(ref, outcome, reason));
    whenClosed.run();
  }

  /**
   * A transfer is cut at its data connection: it then ends by itself, and has cleaned up before its
   * reply goes out. Any other command is cancelled.
   */
  private void interrupt() {
    if (usesDataPort) {
      session.data.abort();
    } else {
      interrupt.tryEmitError(new FileFailure(FileError.INTERRUPTED, "aborted by the client"));
    }
  }

  private void carryOut(FtpCommand command) {
    long start = System.nanoTime();
    if (!KEEP_RENAME.contains(command.verb())) {
      session.chosen.renameFrom = command.verb() == Verb.RNFR ? session.chosen.renameFrom : null;
    }
    interrupt = Sinks.empty();
    usesDataPort = command.verb().isTransfer();
    running =
        Mono.firstWithSignal(CommandTable.STANDARD.handle(command, session), interrupt.asMono())
            .onErrorResume(failure -> refused(command, failure))
            .subscribe(reply -> complete(command, reply, start));
  }

  private void complete(FtpCommand command, FtpReply reply, long start) {
    session.control.submit(
        core -> {
          if (usesDataPort) {
            session.data.reset();
          }
          report(command.verb().name(), reply.code(), start);
          Security.Change change = session.security.takeChange();
          if (change == Security.Change.NONE) {
            core.complete(reply);
          } else {
            core.completeBeforeChange(reply);
            session.scheduler().schedule(() -> change(change)); // when the reply is out
          }
        });
  }

  private void change(Security.Change change) {
    if (change == Security.Change.TO_TLS) {
      session.security.start();
      session.control.submit(FtpServerCore::protectionChanged);
    } else {
      session
          .control
          .clearTls(CLEARING)
          .subscribe(
              never -> {},
              failure -> LOG.debug("the client does not end TLS: {}", failure.toString()),
              () -> session.control.submit(FtpServerCore::protectionChanged));
    }
  }

  private Mono<FtpReply> refused(FtpCommand command, Throwable failure) {
    return failure instanceof StorageUnavailable gone
        ? LoginCommands.unavailable(session, gone.why())
        : Mono.just(refusal(command, failure));
  }

  private FtpReply refusal(FtpCommand command, Throwable failure) {
    FtpReply reply = ReplyErrors.toReply(failure);
    if (reply.code() == 451) {
      LOG.error("session {}: {} failed: {}", session.id(), command.verb(), Failures.line(failure));
      LOG.debug("session {}", session.id(), failure);
    } else {
      LOG.debug("{} refused: {}", command.describe(), failure.toString());
    }
    return reply;
  }

  private FtpReply answer(FtpCommand inquiry) {
    return inquiry.verb() == Verb.STAT
        ? InformationCommands.sessionStatus(session)
        : FtpReply.of(200, "OK");
  }

  private void report(String request, int code, long startNanos) {
    Duration took = Duration.ofNanos(System.nanoTime() - startNanos);
    session.tell(new SessionEvent.RequestAnswered(session.ref(), request, code, took));
  }
}
