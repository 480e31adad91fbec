package dev.sluice.ftp.client;

import dev.sluice.api.observe.SessionEvent;
import dev.sluice.api.observe.SessionObserver;
import dev.sluice.ftp.FtpOptions;
import dev.sluice.ftp.command.FtpCommand;
import dev.sluice.ftp.io.ControlLink;
import dev.sluice.ftp.reply.FtpReply;
import dev.sluice.ftp.transfer.TransferFormat;
import dev.sluice.ftp.wire.PathCharset;
import java.time.Duration;
import java.time.ZoneId;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What a session knows of its server: everything that outlives one command. Touched on the event
 * loop only.
 */
final class Conversation {
  private static final AtomicLong SESSIONS = new AtomicLong();

  final ControlLink control;
  final FtpOptions options;
  final long id = SESSIONS.incrementAndGet();
  private final SessionObserver observer;
  private PathCharset charset;

  Features features = Features.UNKNOWN;

  /** What TYPE and MODE are set to; null = not known. */
  @Nullable TransferFormat format = TransferFormat.INITIAL;

  /** The server remembers an offset that no transfer has used. */
  boolean restPending;

  /** EPSV was refused. */
  boolean pasvOnly;

  /** Where the login put us; null = not asked yet. */
  @Nullable String home;

  /** The working directory is not the home any more. */
  boolean away;

  /** The first word behind SYST; null = not asked yet. */
  @Nullable String system;

  /** In which listings tell times; null = not probed yet. */
  @Nullable ZoneId zone;

  Conversation(ControlLink control, FtpOptions options, SessionObserver observer) {
    this.control = control;
    this.options = options;
    this.observer = observer;
    this.charset = options.charset();
    this.zone = options.serverZone();
  }

  PathCharset charset() {
    return charset;
  }

  void useCharset(PathCharset newCharset) {
    charset = newCharset;
    control.charset(newCharset);
  }

  void tell(SessionEvent event) {
    observer.onEvent(event);
  }

  void answered(FtpCommand command, FtpReply reply, long startNanos) {
    tell(
        new SessionEvent.RequestAnswered(
            id,
            command.verb().name(),
            reply.code(),
            Duration.ofNanos(System.nanoTime() - startNanos)));
  }
}
