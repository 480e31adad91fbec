package dev.sluice.tls.core;

import dev.sluice.api.SessionClosed;
import dev.sluice.api.TransferException;
import dev.sluice.tls.record.BrokenRecord;
import dev.sluice.tls.record.ClientHelloPeek;
import dev.sluice.tls.record.RecordFramer;
import dev.sluice.tls.session.ClientHello;
import dev.sluice.tls.session.TlsConduct;
import dev.sluice.tls.session.TlsLimits;
import dev.sluice.tls.session.TlsSession;
import dev.sluice.transport.ProtocolCore;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayDeque;
import java.util.function.Function;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * One end of a TLS connection (RFC 8446, RFC 5246) without a socket: records in and plaintext out,
 * plaintext in and records out. The cryptography is an {@link SSLEngine}'s, of any provider.
 *
 * <p>Plaintext comes out only as it is asked for with {@link #request}; meanwhile what has arrived
 * waits, and {@link #wantsInput} tells the driver to read no more. Records are made when {@link
 * #nextOutput} asks for them, so that no more is sealed than the socket takes.
 *
 * <p>Throws {@link TransferException}s as {@link TlsErrors} makes them; the alert is in {@link
 * #nextOutput} by then.
 */
public final class TlsCore implements ProtocolCore<TlsEvent> {
  /** Where a connection is. */
  private enum Phase {
    AWAIT_HELLO,
    HANDSHAKE,
    OPEN
  }

  private final Function<ClientHello, TlsEngine> engines;
  private final InputEnd end;
  private final HandshakeDeadline deadline;
  private final ByteBufAllocator allocator;
  private final RecordFramer framer;
  private final ClientHelloPeek hello;
  private final IdleRecords idleRecords;
  private final ArrayDeque<TlsEvent> events = new ArrayDeque<>();
  private final Outgoing outgoing;
  private final HandshakeSteps steps;
  private final RecordOpener opener;
  private final ByteBuf input;
  private @Nullable TlsEngine engine;
  private @Nullable EngineStep step;
  private Phase phase = Phase.AWAIT_HELLO;
  private boolean requested;
  private boolean peerEnded;
  private boolean discarded;

  private TlsCore(
      Function<ClientHello, TlsEngine> engines,
      boolean server,
      TlsConduct conduct,
      TlsLimits limits,
      ByteBufAllocator allocator) {
    this.engines = engines;
    this.end = new InputEnd(conduct.dangerouslyAllowTruncation());
    this.deadline = new HandshakeDeadline(limits.handshakeTime());
    this.outgoing = new Outgoing(allocator);
    this.allocator = allocator;
    this.framer = new RecordFramer(server);
    this.hello = new ClientHelloPeek(limits.helloOctets());
    this.idleRecords = new IdleRecords(limits.idleRecordsPerSecond());
    this.steps = new HandshakeSteps(framer, allocator);
    this.opener = new RecordOpener(framer, idleRecords, allocator);
    this.input = allocator.heapBuffer();
  }

  /** The end that speaks first; its hello is in {@link #nextOutput} at once. */
  public static TlsCore client(
      TlsEngine engine, TlsConduct conduct, TlsLimits limits, ByteBufAllocator allocator) {
    TlsCore core = new TlsCore(unused -> engine, false, conduct, limits, allocator);
    try {
      core.begin(engine);
      return core;
    } catch (RuntimeException e) {
      core.discard();
      throw e;
    }
  }

  /**
   * The end that waits for a hello.
   *
   * @param engines makes the engine that suits a hello; may throw {@link BrokenRecord} to refuse it
   */
  public static TlsCore server(
      Function<ClientHello, TlsEngine> engines,
      TlsConduct conduct,
      TlsLimits limits,
      ByteBufAllocator allocator) {
    return new TlsCore(engines, true, conduct, limits, allocator);
  }

  /** Seals and sends octets, behind those given before. Takes the buffer. */
  public void send(ByteBuf plaintext) {
    if (outgoing.isEnding() || discarded) {
      plaintext.release();
      throw new SessionClosed("the TLS stream has been ended");
    }
    outgoing.send(plaintext);
  }

  /** Whether the client's hello, which has not been taken yet, offers a ticket of TLS 1.3. */
  public boolean offersTicket() {
    return outgoing.ready.offersTicket(hello);
  }

  /** All octets given to {@link #send} that are in records by now, since the beginning. */
  public long octetsSealed() {
    return outgoing.octetsSealed();
  }

  /** Says close_notify behind all that was sent; the other direction goes on (RFC 8446, 6.1). */
  public void end() {
    outgoing.end();
  }

  /** Asks for one more buffer of plaintext. */
  public void request() {
    requested = true;
    advance();
  }

  /** The work of a {@link TlsEvent.Work} has been done. */
  public void workDone() {
    EngineStep done = step;
    step = null;
    if (done == null) {
      return;
    }
    if (discarded) {
      done.output().release();
      return;
    }
    apply(done);
    advance();
  }

  /** The work of a {@link TlsEvent.Work} will never be done. */
  public void workRefused() {
    EngineStep refused = step;
    step = null;
    if (refused != null) {
      refused.release();
    }
  }

  /** What is left to say after a failure, an alert mostly; null = nothing. The caller's. */
  public @Nullable ByteBuf lastWords() {
    return outgoing.ready.poll();
  }

  /** Whether close_notify has been made into a record. */
  public boolean hasEnded() {
    return outgoing.hasEnded();
  }

  /** Octets behind the peer's close_notify, which are not TLS any more. The caller's. */
  public ByteBuf takeRest() {
    return input.readBytes(input.readableBytes());
  }

  /** Gives back all memory. Nothing may be called any more but {@link #workDone}. Idempotent. */
  public void discard() {
    if (!discarded) {
      discarded = true;
      outgoing.discard();
      for (TlsEvent event = events.poll(); event != null; event = events.poll()) {
        event.discard();
      }
      input.release();
    }
  }

  @Override
  public void receive(ByteBuf bytes) {
    if (discarded) {
      bytes.skipBytes(bytes.readableBytes());
      return;
    }
    input.discardReadBytes();
    input.writeBytes(bytes);
    advance();
  }

  @Override
  public void inputClosed() {
    end.reached();
    checkEnd();
  }

  private void checkEnd() {
    if (!peerEnded
        && !discarded
        && step == null
        && end.isTolerated(phase == Phase.OPEN, () -> framer.next(input) != null)) {
      peerEnded();
    }
  }

  @Override
  public void tick(long nowNanos) {
    idleRecords.tick(nowNanos);
    deadline.tick(nowNanos);
  }

  @Override
  public @Nullable TlsEvent nextEvent() {
    return events.poll();
  }

  @Override
  public @Nullable ByteBuf nextOutput() {
    boolean seals = phase == Phase.OPEN && step == null;
    try {
      return outgoing.next(seals ? engine().engine() : null);
    } catch (SSLException e) {
      throw broken(e);
    }
  }

  @Override
  public boolean wantsInput() {
    return !discarded && !peerEnded && step == null && (phase != Phase.OPEN || requested);
  }

  @Override
  public boolean wantsClose() {
    return false;
  }

  @Override
  public long nextDeadlineNanos() {
    return deadline.nanos();
  }

  private TlsEngine engine() {
    if (engine == null) {
      throw new IllegalStateException("no hello yet");
    }
    return engine;
  }

  private void begin(TlsEngine chosen) {
    engine = chosen;
    steps.holdTickets(chosen.ticketsAtEnd());
    try {
      chosen.engine().beginHandshake();
    } catch (SSLException e) {
      throw broken(e);
    }
    phase = Phase.HANDSHAKE;
    advance();
  }

  private void advance() {
    try {
      proceed();
      checkEnd();
    } catch (BrokenRecord e) {
      throw refused(e);
    } catch (SSLException e) {
      throw broken(e);
    }
  }

  private void proceed() throws SSLException {
    if (phase == Phase.AWAIT_HELLO && !discarded) {
      ClientHello said = hello.peek(input);
      if (said == null) {
        return;
      }
      begin(engines.apply(said));
    }
    boolean goesOn = true;
    while (goesOn && phase == Phase.HANDSHAKE && step == null && !discarded) {
      goesOn = shakeHands(engine().engine());
    }
    if (phase == Phase.OPEN && step == null && !discarded) {
      open(engine().engine());
    }
  }

  /** One step of the handshake; false = more octets are needed first. */
  private boolean shakeHands(SSLEngine current) {
    if (HandshakeSteps.isOver(current)) {
      established(current);
      return true;
    }
    EngineStep next = steps.next(current, input);
    if (next == null) {
      return false;
    }
    run(next);
    return true;
  }

  private void run(EngineStep next) {
    if (next.isLong() || engine().handshakesInCalls()) {
      offload(next);
    } else {
      next.run();
      apply(next);
    }
  }

  private void offload(EngineStep next) {
    step = next;
    events.add(new TlsEvent.Work(next));
  }

  private void apply(EngineStep done) {
    done.deliver(outgoing.ready, steps.isLate());
    Throwable failure = done.failure();
    if (failure != null) {
      throw broken(failure);
    }
    if (phase == Phase.HANDSHAKE && done.closed()) {
      throw new SessionClosed("the peer ended the TLS session during its handshake");
    }
    if (phase == Phase.HANDSHAKE && done.finished()) {
      established(engine().engine());
    }
  }

  private void established(SSLEngine current) {
    phase = Phase.OPEN;
    deadline.met();
    TlsSession session = engine().describe().apply(current);
    framer.established(RecordFramer.Protection.of(session.version()));
    outgoing.established(current);
    events.add(new TlsEvent.Established(session));
  }

  private void open(SSLEngine current) throws SSLException {
    serve(current);
    while (requested && !peerEnded && step == null && framer.next(input) != null) {
      RecordOpener.Opened opened = opener.open(current, input);
      serve(current);
      if (opened.octets() != null) {
        requested = false;
        events.add(new TlsEvent.Plaintext(opened.octets()));
      }
      if (opened.closed()) {
        peerEnded();
      }
    }
  }

  /** What an engine asks for behind its handshake: tickets, key updates, an answer to an end. */
  private void serve(SSLEngine current) {
    while (step == null && !current.isOutboundDone()) {
      HandshakeStatus status = current.getHandshakeStatus();
      if (status == HandshakeStatus.NEED_TASK) {
        offload(EngineStep.tasks(current, allocator));
      } else if (status != HandshakeStatus.NEED_WRAP || !speak(current)) {
        return;
      }
    }
  }

  private boolean speak(SSLEngine current) {
    EngineStep wrap = steps.wrap(current, peerEnded);
    wrap.run();
    boolean speaks = wrap.output().isReadable();
    apply(wrap);
    return speaks;
  }

  private void peerEnded() {
    peerEnded = true;
    outgoing.ready.release();
    events.add(new TlsEvent.PeerEnded());
  }

  private TransferException refused(BrokenRecord cause) {
    TlsEngine current = framer.isProtected() ? engine : null;
    outgoing.ready.refuse(cause.alert(), current == null ? null : current.engine());
    return TlsErrors.of(cause);
  }

  private TransferException broken(Throwable cause) {
    if (engine != null) {
      outgoing.ready.drain(engine.engine());
    }
    return TlsErrors.of(cause);
  }
}
