package dev.sluice.ftp.core;

import dev.sluice.api.LimitExceeded;
import dev.sluice.api.PeerMisbehaved;
import dev.sluice.api.RawName;
import dev.sluice.api.SessionClosed;
import dev.sluice.api.TimedOut;
import dev.sluice.ftp.AbortPolicy;
import dev.sluice.ftp.FtpReply;
import dev.sluice.ftp.LineEnding;
import dev.sluice.ftp.PathCharset;
import dev.sluice.ftp.command.Bare;
import dev.sluice.ftp.command.FtpCommand;
import dev.sluice.ftp.command.Verb;
import dev.sluice.ftp.core.AbortState.AwaitFirstReply;
import dev.sluice.ftp.core.ControlState.AwaitFinal;
import dev.sluice.ftp.core.ControlState.AwaitGoodbye;
import dev.sluice.ftp.core.ControlState.AwaitGreeting;
import dev.sluice.ftp.core.ControlState.AwaitReplies;
import dev.sluice.ftp.core.ControlState.AwaitReply;
import dev.sluice.ftp.core.ControlState.Idle;
import dev.sluice.ftp.core.ControlState.Over;
import dev.sluice.ftp.reply.ReplyDecoder;
import dev.sluice.ftp.wire.Line;
import dev.sluice.ftp.wire.LineDecoder;
import dev.sluice.transport.ProtocolCore;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The client's side of a control connection: one command at a time, every reply matched to it.
 *
 * <p>Throws {@link SessionClosed} on 421 and on an end of the connection while a reply is due,
 * {@link TimedOut} naming the step, {@link PeerMisbehaved} on a reply that nobody asked for, {@link
 * LimitExceeded} on a line or a reply that is too long. After any of them the connection is of no
 * use.
 */
public final class FtpClientCore implements ProtocolCore<FtpClientEvent> {
  private static final int MAX_KEEP_ALIVES = 1000;

  private static final byte[] INTERRUPT = {
    (byte) 0xFF, (byte) 0xF4, (byte) 0xFF, (byte) 0xF2,
  };

  private final ControlLimits limits;
  private final AbortPolicy abortPolicy;
  private final Consumer<String> trace;
  private final LineDecoder lines;
  private final ArrayDeque<FtpClientEvent> events = new ArrayDeque<>();
  private final ArrayDeque<ByteBuf> outputs = new ArrayDeque<>();
  private final ControlState.Out out =
      new ControlState.Out() {
        @Override
        public void send(FtpCommand command) {
          trace.accept("> " + command.describe());
          outputs.add(encode(command));
        }

        @Override
        public void emit(FtpClientEvent event) {
          events.add(event);
        }
      };
  private PathCharset charset;
  private ReplyDecoder replies;
  private ControlState state = new AwaitGreeting(false);
  private final ReplyClock clock;

  /**
   * @param trace hears each line, with {@code > } before a line sent and {@code < } before a line
   *     received, secrets masked
   */
  public FtpClientCore(
      ControlLimits limits, AbortPolicy abortPolicy, PathCharset charset, Consumer<String> trace) {
    this.limits = limits;
    this.abortPolicy = abortPolicy;
    this.charset = charset;
    this.trace = trace;
    this.clock = new ReplyClock(limits);
    lines = new LineDecoder(limits.lineOctets(), LineEnding.LENIENT);
    replies = new ReplyDecoder(limits.replyLines(), charset);
  }

  /** Whether a command opens a data connection. */
  public static boolean opensTransfer(FtpCommand command) {
    return command.verb().isTransfer();
  }

  /** Whether the next command may be sent. */
  public boolean isIdle() {
    return state instanceof Idle;
  }

  /** Reads and writes names in {@code newCharset} from here on. Between commands only. */
  public void charset(PathCharset newCharset) {
    charset = newCharset;
    replies = new ReplyDecoder(limits.replyLines(), newCharset);
  }

  /**
   * Sends a command.
   *
   * @throws dev.sluice.api.FileFailure when the command cannot be written; nothing was
   * @throws PeerMisbehaved when the server is in the middle of a reply that nobody asked for
   */
  public void execute(FtpCommand command) {
    begin(new AwaitReply(command, opensTransfer(command)), List.of(command));
  }

  /**
   * Sends commands at once, none of which opens a transfer; each is answered in turn, whatever the
   * replies before it say. For servers that do not drop a command that arrives early.
   *
   * @param commands two at least
   * @throws dev.sluice.api.FileFailure when one of them cannot be written; nothing was
   * @throws PeerMisbehaved when the server is in the middle of a reply that nobody asked for
   */
  public void execute(List<FtpCommand> commands) {
    begin(new AwaitReplies(List.copyOf(commands)), commands);
  }

  private void begin(ControlState next, List<FtpCommand> commands) {
    if (!isIdle()) {
      throw new IllegalStateException(
          commands.get(0).describe() + " while waiting: " + state.awaits());
    }
    ByteBuf sent = Unpooled.buffer(64 * commands.size());
    for (FtpCommand command : commands) {
      command.encode(sent, charset);
    }
    if (replies.isInside() || lines.isInside()) {
      sent.release();
      throw new PeerMisbehaved("the server began a reply that nobody asked for");
    }
    outputs.add(sent);
    become(next);
    for (FtpCommand command : commands) {
      trace.accept("> " + command.describe()); // last: the listener may abandon the command
    }
  }

  /**
   * The connection changes between clear and encrypted here.
   *
   * @throws PeerMisbehaved when octets have arrived already, which cannot be trusted
   *     (CVE-2021-22947)
   */
  public void protectionChanges() {
    if (replies.isInside() || lines.isInside()) {
      throw new PeerMisbehaved("octets in clear behind the reply that begins TLS");
    }
  }

  /** The data connection has ended in order: the final reply is due. */
  public void dataEnded() {
    if (state instanceof AwaitFinal current && current.flowing()) {
      become(new AwaitFinal(current.command(), false, current.keepAlives()));
    }
  }

  /**
   * The command in progress is of no interest any more. A transfer is cut short; any other reply is
   * awaited and dropped. {@link FtpClientEvent.Settled} reports when that is done.
   */
  public void abandon() {
    if (state instanceof AwaitReply current && current.transfers()) {
      cutShort(new AwaitReply(current.command(), false), 0);
    } else if (state instanceof AwaitFinal current && current.flowing()) {
      cutShort(
          new AwaitFinal(current.command(), false, current.keepAlives()), current.keepAlives());
    }
  }

  /** Ends the session in order; only when idle. */
  public void quit() {
    execute(new Bare(Verb.QUIT));
    become(new AwaitGoodbye());
  }

  @Override
  public void receive(ByteBuf bytes) {
    lines.receive(bytes);
    if (state instanceof Over) {
      lines.discard();
      return;
    }
    for (Line line = lines.next(); line != null && !(state instanceof Over); line = lines.next()) {
      checkLength(line.truncated());
      FtpReply reply = replies.accept(line);
      if (reply == null) {
        clock.lineCame(state);
      } else {
        accept(reply);
      }
    }
    checkLength(lines.isTooLong());
    clock.mayHaveEnded(replies.mayHaveEnded() && !lines.isInside());
  }

  /** Without this check, a server could send a line without end. */
  private void checkLength(boolean tooLong) {
    if (tooLong) {
      throw new LimitExceeded(
          "a line of a reply is longer than "
              + limits.lineOctets()
              + " octets (FtpLimits.replyLineOctets)");
    }
  }

  @Override
  public void inputClosed() {
    if (state instanceof Over || state instanceof Idle || state instanceof AwaitGoodbye) {
      become(new Over());
      return;
    }
    throw new SessionClosed(
        "the server closed the connection while we waited for: " + state.awaits());
  }

  @Override
  public void tick(long nowNanos) {
    if (clock.tick(nowNanos)) {
      become(state);
    }
    if (clock.replyHasEnded()) {
      accept(replies.endAtOtherCode());
    }
    if (clock.isLate()) {
      expire();
    }
    if (state instanceof AwaitFinal current && clock.keepAliveIsDue()) {
      if (current.keepAlives() < MAX_KEEP_ALIVES) {
        state = current.withKeepAlive(out);
      }
    }
  }

  @Override
  public @Nullable FtpClientEvent nextEvent() {
    return events.poll();
  }

  @Override
  public @Nullable ByteBuf nextOutput() {
    return outputs.poll();
  }

  @Override
  public boolean wantsInput() {
    return !(state instanceof Over);
  }

  @Override
  public boolean wantsClose() {
    return state instanceof Over;
  }

  @Override
  public long nextDeadlineNanos() {
    return clock.next();
  }

  private void accept(FtpReply reply) {
    clock.replyCame();
    for (int i = 0; i < reply.lines().size(); i++) {
      boolean last = i == reply.lines().size() - 1;
      String text = RawName.escape(reply.lines().get(i));
      trace.accept("< " + reply.code() + (last ? " " : "-") + text);
    }
    if (reply.code() == 421) {
      throw new SessionClosed("the server ended the session: " + reply.describe());
    }
    ControlState next = state.on(reply, out);
    if (!next.equals(state)) {
      become(next);
    }
  }

  private void cutShort(ControlState withoutCommand, int keepAlives) {
    if (abortPolicy == AbortPolicy.CLOSE_DATA) {
      become(withoutCommand);
      return;
    }
    if (abortPolicy == AbortPolicy.INTERRUPT) {
      outputs.add(Unpooled.wrappedBuffer(INTERRUPT));
    }
    out.send(new Bare(Verb.ABOR));
    become(new AwaitFirstReply(keepAlives));
  }

  private void become(ControlState next) {
    boolean settles = next instanceof Idle && !(state instanceof Idle);
    clock.changed(state, next);
    state = next;
    if (settles) {
      out.emit(new FtpClientEvent.Settled());
    }
  }

  private void expire() {
    Optional<ControlState> next = state.onTimeout(out);
    if (next.isEmpty()) {
      clock.stop();
      throw new TimedOut(state.awaits(), state.timeout(limits));
    }
    become(next.get());
  }

  private ByteBuf encode(FtpCommand command) {
    ByteBuf line = Unpooled.buffer(64);
    command.encode(line, charset);
    return line;
  }
}
