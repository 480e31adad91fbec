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
 * <p>Plaintext comes out only on demand, with {@link #request}. Until then the octets received
 * wait, and {@link #wantsInput} returns false so that the driver reads no more. Records are made
 * when {@link #nextOutput} is called, so no more is sealed than the socket takes.
 *
 * <p>Throws {@link TransferException}s as {@link TlsErrors} makes them; the alert is in {@link
 * #nextOutput} by then.
 */
public final class TlsCore implements ProtocolCore<TlsEvent> {
  /** The phase a connection is in. */
  private sealed interface Phase {
    /** A server creates its engine only after it knows what the client wants. */
    record AwaitHello() implements Phase {}

    record Handshake(TlsEngine engine) implements Phase {}

    record Open(TlsEngine engine) implements Phase {}
  }

  private final Function<ClientHello, TlsEngine> engines;
  private final HandshakeDeadline deadline;
  private final RecordFramer framer;
  private final ClientHelloPeek hello;
  private final IdleRecords idleRecords;
  private final ArrayDeque<TlsEvent> events = new ArrayDeque<>();
  private final Incoming incoming;
  private final Outgoing outgoing;
  private final HandshakeSteps steps;
  private Phase phase = new Phase.AwaitHello();
  private @Nullable EngineStep step;
  private boolean discarded;

  private TlsCore(
      Function<ClientHello, TlsEngine> engines,
      boolean server,
      TlsConduct conduct,
      TlsLimits limits,
      ByteBufAllocator allocator) {
    this.engines = engines;
    this.deadline = new HandshakeDeadline(limits.handshakeTime());
    this.outgoing = new Outgoing(allocator);
    this.framer = new RecordFramer(server);
    this.hello = new ClientHelloPeek(limits.helloOctets());
    this.idleRecords = new IdleRecords(limits.idleRecordsPerSecond());
    this.steps = new HandshakeSteps(framer, allocator);
    InputEnd end = new InputEnd(conduct.dangerouslyAllowTruncation());
    this.incoming = new Incoming(framer, idleRecords, end, allocator);
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

  /** Seals and sends octets, after those given before. Takes the buffer. */
  public void send(ByteBuf plaintext) {
    if (outgoing.isEnding() || discarded) {
      plaintext.release();
      throw new SessionClosed("the TLS stream has been ended");
    }
    outgoing.send(plaintext);
  }

  /** Whether the client's hello, which has not been sent yet, offers a ticket of TLS 1.3. */
  public boolean offersTicket() {
    return outgoing.ready.offersTicket(hello);
  }

  /**
   * The number of octets given to {@link #send} that are in records by now, since the beginning.
   */
  public long octetsSealed() {
    return outgoing.octetsSealed();
  }

  /** Sends close_notify after all other octets; the other direction stays open (RFC 8446, 6.1). */
  public void end() {
    outgoing.end();
  }

  /** Asks for one more buffer of plaintext. */
  public void request() {
    incoming.request();
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

  /**
   * The octets still to send after a failure, mostly an alert; null = none. The caller owns them.
   */
  public @Nullable ByteBuf lastWords() {
    return outgoing.ready.poll();
  }

  /** Whether close_notify has been made into a record. */
  public boolean hasEnded() {
    return outgoing.hasEnded();
  }

  /** The octets after the peer's close_notify, which are not TLS. The caller owns the buffer. */
  public ByteBuf takeRest() {
    return incoming.takeRest();
  }

  /** Gives back all memory. Only {@link #workDone} may be called afterwards. Idempotent. */
  public void discard() {
    if (!discarded) {
      discarded = true;
      outgoing.discard();
      for (TlsEvent event = events.poll(); event != null; event = events.poll()) {
        event.discard();
      }
      incoming.discard();
    }
  }

  @Override
  public void receive(ByteBuf bytes) {
    if (discarded) {
      bytes.skipBytes(bytes.readableBytes());
      return;
    }
    incoming.receive(bytes);
    advance();
  }

  @Override
  public void inputClosed() {
    incoming.closed();
    checkEnd();
  }

  private void checkEnd() {
    if (!discarded && step == null && incoming.isCutOff(phase instanceof Phase.Open)) {
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
    SSLEngine seals =
        phase instanceof Phase.Open open && step == null ? open.engine.engine() : null;
    try {
      return outgoing.next(seals);
    } catch (SSLException e) {
      throw broken(e);
    }
  }

  @Override
  public boolean wantsInput() {
    return !discarded
        && !incoming.hasEnded()
        && step == null
        && (incoming.isRequested() || !(phase instanceof Phase.Open));
  }

  @Override
  public boolean wantsClose() {
    return false;
  }

  @Override
  public long nextDeadlineNanos() {
    return deadline.nanos();
  }

  private void begin(TlsEngine chosen) {
    phase = new Phase.Handshake(chosen);
    steps.holdTickets(chosen.ticketsAtEnd());
    try {
      chosen.engine().beginHandshake();
    } catch (SSLException e) {
      throw broken(e);
    }
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
    if (phase instanceof Phase.AwaitHello && !discarded) {
      ClientHello said = incoming.hello(hello);
      if (said == null) {
        return;
      }
      begin(engines.apply(said));
    }
    boolean goesOn = true;
    while (goesOn && phase instanceof Phase.Handshake shaking && step == null && !discarded) {
      goesOn = shakeHands(shaking.engine);
    }
    if (phase instanceof Phase.Open open && step == null && !discarded) {
      open(open.engine.engine());
    }
  }

  /** One step of the handshake; false = more octets are needed first. */
  private boolean shakeHands(TlsEngine current) {
    if (HandshakeSteps.isOver(current.engine())) {
      established(current);
      return true;
    }
    EngineStep next = steps.next(current.engine(), incoming.octets());
    if (next == null) {
      return false;
    }
    if (next.isLong() || current.handshakesInCalls()) {
      offload(next);
    } else {
      next.run();
      apply(next);
    }
    return true;
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
    if (phase instanceof Phase.Handshake shaking) {
      if (done.closed()) {
        throw new SessionClosed("the peer ended the TLS session during its handshake");
      }
      if (done.finished()) {
        established(shaking.engine);
      }
    }
  }

  private void established(TlsEngine current) {
    phase = new Phase.Open(current);
    deadline.met();
    TlsSession session = current.describe().apply(current.engine());
    framer.established(RecordFramer.Protection.of(session.version()));
    outgoing.established(current.engine());
    events.add(new TlsEvent.Established(session));
  }

  private void open(SSLEngine current) throws SSLException {
    serve(current);
    while (step == null && incoming.isDue()) {
      RecordOpener.Opened opened = incoming.open(current);
      if (opened.octets() != null) {
        events.add(new TlsEvent.Plaintext(opened.octets())); // released with the rest if this fails
      }
      serve(current);
      if (opened.closed()) {
        peerEnded();
      }
    }
  }

  /** Calls the engine after its handshake: for tickets, key updates, an answer to an end. */
  private void serve(SSLEngine current) {
    while (step == null && !current.isOutboundDone()) {
      HandshakeStatus status = current.getHandshakeStatus();
      if (status == HandshakeStatus.NEED_TASK) {
        offload(steps.tasks(current));
      } else if (status != HandshakeStatus.NEED_WRAP || !speak(current)) {
        return;
      }
    }
  }

  private boolean speak(SSLEngine current) {
    EngineStep wrap = steps.wrap(current, incoming.hasEnded());
    wrap.run();
    boolean speaks = wrap.output().isReadable();
    apply(wrap);
    return speaks;
  }

  private void peerEnded() {
    incoming.end();
    outgoing.ready.release();
    events.add(new TlsEvent.PeerEnded());
  }

  private TransferException refused(BrokenRecord cause) {
    outgoing.ready.refuse(cause.alert(), framer.isProtected() ? engine() : null);
    return TlsErrors.of(cause);
  }

  private TransferException broken(Throwable cause) {
    SSLEngine speaker = engine();
    if (speaker != null) {
      outgoing.ready.drain(speaker);
    }
    return TlsErrors.of(cause);
  }

  private @Nullable SSLEngine engine() {
    if (phase instanceof Phase.Handshake shaking) {
      return shaking.engine.engine();
    }
    return phase instanceof Phase.Open open ? open.engine.engine() : null;
  }
}
