package dev.sluice.ftp.core;

import dev.sluice.api.PeerMisbehaved;
import dev.sluice.api.RawName;
import dev.sluice.api.TimedOut;
import dev.sluice.ftp.FtpReply;
import dev.sluice.ftp.FtpServerLimits;
import dev.sluice.ftp.FtpServerTimeouts;
import dev.sluice.ftp.LineEnding;
import dev.sluice.ftp.PathCharset;
import dev.sluice.ftp.command.FtpCommand;
import dev.sluice.ftp.command.Verb;
import dev.sluice.ftp.core.ServerState.Changing;
import dev.sluice.ftp.core.ServerState.Closing;
import dev.sluice.ftp.core.ServerState.Ready;
import dev.sluice.ftp.core.ServerState.Running;
import dev.sluice.ftp.core.ServerState.Ungreeted;
import dev.sluice.ftp.reply.Refusal;
import dev.sluice.ftp.reply.ReplyEncoder;
import dev.sluice.ftp.wire.Line;
import dev.sluice.ftp.wire.LineDecoder;
import dev.sluice.transport.ProtocolCore;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The server's end of a control connection: lines in, requests out one at a time, replies in order.
 *
 * <p>Commands that arrive while one is carried out wait in a bounded queue (RFC 959 section 4.2),
 * but ABOR, NOOP and a bare STAT are seen at once while a transfer runs (RFC 1123 section 4.1.3.3).
 * Exactly one final reply goes out for each command.
 */
public final class FtpServerCore implements ProtocolCore<FtpServerEvent> {
  private static final int OUTPUTS_AHEAD = 64;

  /**
   * The time a client has to read the last reply, so that it cannot keep an ended connection open.
   */
  private static final Duration LAST_WORDS = Duration.ofSeconds(10);

  private final FtpServerLimits limits;
  private final CommandReader reader;
  private final LineDecoder decoder;
  private final ByteBufAllocator allocator;
  private final ArrayDeque<Line> waiting = new ArrayDeque<>();
  private final ArrayDeque<FtpServerEvent> events = new ArrayDeque<>();
  private final ArrayDeque<ByteBuf> outputs = new ArrayDeque<>();
  private final ServerClock clock;
  private final Consumer<String> trace;
  private ServerState state = new Ungreeted();
  private int badInARow;
  private int inquiries;

  /**
   * @param offered the verbs that are carried out; other known verbs are answered with 502
   * @param allocator where replies are written
   * @param trace hears each line, with {@code > } before a line sent and {@code < } before a line
   *     received; secrets are masked, and of a line that is refused it hears the verb
   */
  public FtpServerCore(
      FtpServerLimits limits,
      FtpServerTimeouts timeouts,
      Set<Verb> offered,
      PathCharset charset,
      LineEnding ending,
      ByteBufAllocator allocator,
      Consumer<String> trace) {
    this.limits = limits;
    this.reader = new CommandReader(offered, charset);
    this.decoder = new LineDecoder(limits.lineOctetsBeforeLogin(), ending);
    this.allocator = allocator;
    this.clock = new ServerClock(timeouts);
    this.trace = trace;
  }

  /** Sends the greeting; nothing is carried out before (RFC 959 section 5.4). */
  public void greet(FtpReply greeting) {
    if (state instanceof Ungreeted) {
      state = new Ready();
    }
    send(greeting);
    advance();
  }

  /** Sends a 1yz reply to the command that runs. */
  public void preliminary(FtpReply reply) {
    send(reply);
  }

  /** Sends the final reply to the command that runs and goes on with the next. */
  public void complete(FtpReply reply) {
    if (!(state instanceof Running done)) {
      return; // the session was closed meanwhile
    }
    state = new Ready();
    clock.sign();
    send(reply);
    if (done.aborted()) {
      send(FtpReply.of(226, "ABOR successful"));
    }
    if (done.lastWords() != null) {
      close(done.lastWords());
    }
    advance();
  }

  /**
   * Sends the final reply to the command that runs, after which the connection changes between
   * clear and encrypted. Any input before {@link #protectionChanged}, or already received, ends the
   * session, because it cannot be trusted (CVE-2011-0411).
   *
   * @throws PeerMisbehaved when input has already been received
   */
  public void completeBeforeChange(FtpReply reply) {
    if (decoder.isInside() || !waiting.isEmpty()) {
      throw changing();
    }
    complete(reply);
    if (state instanceof Ready) {
      state = new Changing();
    }
  }

  /** The connection has changed; from now on its input is trusted again. */
  public void protectionChanged() {
    if (state instanceof Changing) {
      state = new Ready();
    }
  }

  /** Answers an inquiry; what runs goes on. Once for each, in order. */
  public void answer(FtpReply reply) {
    inquiries = Math.max(0, inquiries - 1);
    send(reply);
    advance();
  }

  /**
   * The login decides which commands are accepted. The time for a login runs from the start of the
   * connection or the end of a login; commands before the login do not extend it.
   */
  public void loggedIn(boolean in) {
    clock.loggedIn(in);
    decoder.limit(in ? limits.lineOctets() : limits.lineOctetsBeforeLogin());
  }

  /** Sends {@code last} and closes; nothing that waits is carried out any more. */
  public void close(FtpReply last) {
    if (!isClosing()) {
      send(last);
      state = new Closing(clock.now());
      waiting.clear();
    }
  }

  /** Sends {@code last} and closes once nothing runs any more. */
  public void closeWhenIdle(FtpReply last) {
    if (state instanceof Running running) {
      state = running.last(last);
    } else {
      close(last);
    }
  }

  @Override
  public void receive(ByteBuf bytes) {
    if (isClosing()) {
      bytes.skipBytes(bytes.readableBytes());
      return;
    }
    if (state instanceof Changing && bytes.isReadable()) {
      throw changing();
    }
    decoder.receive(bytes);
    ByteBuf refusals = decoder.refusals();
    if (refusals != null) {
      outputs.add(refusals);
    }
    for (Line line = decoder.next(); line != null; line = decoder.next()) {
      if (!seenAtOnce(line)) {
        waiting.add(line);
        advance();
      }
    }
  }

  @Override
  public void inputClosed() {
    waiting.clear();
    state = new Closing(clock.now());
  }

  @Override
  public void tick(long nowNanos) {
    clock.tick(nowNanos);
    long deadline = nextDeadlineNanos();
    if (deadline == NO_DEADLINE || nowNanos - deadline < 0) {
      return;
    }
    if (isClosing()) {
      throw new TimedOut("a client that does not read the last reply", LAST_WORDS);
    }
    boolean idle = clock.isLoggedIn();
    close(FtpReply.of(421, idle ? "Idle for too long; closing" : "Login took too long"));
  }

  @Override
  public @Nullable FtpServerEvent nextEvent() {
    return events.poll();
  }

  @Override
  public @Nullable ByteBuf nextOutput() {
    return outputs.poll();
  }

  @Override
  public boolean wantsInput() {
    return !isClosing()
        && waiting.size() < limits.queuedCommands()
        && outputs.size() < OUTPUTS_AHEAD;
  }

  @Override
  public boolean wantsClose() {
    return isClosing() && outputs.isEmpty();
  }

  @Override
  public long nextDeadlineNanos() {
    return state instanceof Closing closing
        ? closing.sinceNanos() + LAST_WORDS.toNanos()
        : clock.deadline(state instanceof Running);
  }

  private boolean isClosing() {
    return state instanceof Closing;
  }

  /** Takes a line out of turn when it concerns the transfer that runs. */
  private boolean seenAtOnce(Line line) {
    if (!(state instanceof Running running)
        || !running.command().verb().canonical().isInterruptible()) {
      return false;
    }
    FtpCommand command;
    try {
      command = reader.read(line, clock.isLoggedIn());
    } catch (Refusal refusal) {
      return false; // answered in its turn
    }
    switch (command.verb()) {
      case ABOR -> {
        if (running.aborted()) {
          return false;
        }
        trace.accept("< " + command.describe());
        state = running.abort();
        events.add(new FtpServerEvent.Interrupted());
      }
      case NOOP -> inquire(command);
      case STAT -> {
        if (!command.argument().isEmpty()) {
          return false;
        }
        inquire(command);
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private void inquire(FtpCommand command) {
    trace.accept("< " + command.describe());
    inquiries++;
    events.add(new FtpServerEvent.Inquired(command));
  }

  /** A command that came after an inquiry is not answered before it. */
  private void advance() {
    while (state instanceof Ready && inquiries == 0 && !waiting.isEmpty()) {
      start(waiting.remove());
    }
  }

  private void start(Line line) {
    clock.sign();
    try {
      FtpCommand command = reader.read(line, clock.isLoggedIn());
      trace.accept("< " + command.describe());
      badInARow = 0;
      state = new Running(command, false, null);
      events.add(new FtpServerEvent.Requested(command));
      // A line after a transfer command concerns the transfer, whether read with it or later.
      waiting.removeIf(this::seenAtOnce);
    } catch (Refusal refusal) {
      refuse(line, refusal);
    }
  }

  private void refuse(Line line, Refusal refusal) {
    trace.accept("< " + firstWord(line) + " (refused)");
    events.add(new FtpServerEvent.Refused(firstWord(line), refusal.reply().code()));
    if (reader.isOtherProtocol(line)) {
      close(FtpReply.of(421, "This is an FTP server"));
      return;
    }
    send(refusal.reply());
    badInARow += refusal.reply().code() == 500 ? 1 : 0;
    if (badInARow >= limits.badLines()) {
      close(FtpReply.of(421, "Too many bad commands"));
    }
  }

  /** A name for logs and meters that a client cannot make long or strange. */
  private static String firstWord(Line line) {
    String text = line.text();
    int space = text.indexOf(' ');
    return Verb.named(space < 0 ? text : text.substring(0, space)).map(Verb::name).orElse("?");
  }

  private static PeerMisbehaved changing() {
    return new PeerMisbehaved("octets behind a command that changes the protection");
  }

  private void send(FtpReply reply) {
    if (isClosing()) {
      return;
    }
    ByteBuf out = allocator.buffer(128);
    ReplyEncoder.write(reply, out);
    outputs.add(out);
    for (int i = 0; i < reply.lines().size(); i++) {
      String separator = i < reply.lines().size() - 1 ? "-" : " ";
      trace.accept("> " + reply.code() + separator + RawName.escape(reply.lines().get(i)));
    }
  }
}
