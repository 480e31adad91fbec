package dev.sluice.ssh.core;

import dev.sluice.api.LimitExceeded;
import dev.sluice.ssh.algorithm.DirectionKeys;
import dev.sluice.ssh.algorithm.PacketOpener;
import dev.sluice.ssh.algorithm.PacketSealer;
import dev.sluice.ssh.core.ExchangeState.AwaitKexInit;
import dev.sluice.ssh.core.ExchangeState.AwaitMethodMessage;
import dev.sluice.ssh.core.ExchangeState.AwaitNewKeys;
import dev.sluice.ssh.core.ExchangeState.Busy;
import dev.sluice.ssh.core.ExchangeState.Idle;
import dev.sluice.ssh.kex.KexContext;
import dev.sluice.ssh.kex.KexResult;
import dev.sluice.ssh.kex.KexStep;
import dev.sluice.ssh.key.SshKeyPair;
import dev.sluice.ssh.key.SshPublicKey;
import dev.sluice.ssh.message.KexInit;
import dev.sluice.ssh.message.TransportMessage.NewKeys;
import dev.sluice.ssh.packet.Identification;
import dev.sluice.ssh.packet.PacketReader;
import dev.sluice.ssh.wire.Encoded;
import dev.sluice.ssh.wire.SshViolation;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The key exchanges of a connection, one after the other (RFC 4253 sections 7 to 9). {@link
 * ExchangeState} is the state of the present one, {@link ExchangeGate} says what else may arrive.
 */
final class KeyExchange {
  /** Exchanges in a row that a peer may begin without having sent anything that calls for one. */
  private static final int MOST_IDLE_EXCHANGES = 16;

  private static final long WORTH_AN_EXCHANGE = 16 * 1024;

  /** What an exchange needs from its surroundings. */
  interface Surroundings {
    /** Computes elsewhere; no packet is handled until {@code then} has run. */
    <T> void offload(Supplier<T> computation, Consumer<? super T> then);

    /** Asks whether the host's key is trusted; no packet is handled until {@code then} has run. */
    void askTrust(SshPublicKey hostKey, Runnable then);

    /** Our packets are sealed with new keys from here on. */
    void sealing(Agreement agreement, boolean first);

    /** New keys protect both directions. */
    void established(Agreement agreement, boolean first);
  }

  private final TransportSettings settings;
  private final Outgoing out;
  private final PacketReader reader;
  private final Surroundings surroundings;
  private final Markers markers;
  private final ExchangeGate gate;
  private ExchangeState state = new Idle();
  private @Nullable Identification peer;
  private @Nullable Outcome outcome;
  private int idleExchanges;

  /**
   * What the exchanges have established.
   *
   * @param sessionId H of the first exchange
   * @param hostKey the server's key in the last one
   */
  private record Outcome(byte[] sessionId, SshPublicKey hostKey) {}

  KeyExchange(
      TransportSettings settings, Outgoing out, PacketReader reader, Surroundings surroundings) {
    this.settings = settings;
    this.out = out;
    this.reader = reader;
    this.surroundings = surroundings;
    this.markers = new Markers(settings.role());
    this.gate = new ExchangeGate(settings.role(), markers);
  }

  /** The identification lines are exchanged: the first exchange begins. */
  void start(Identification peerIdentification) {
    peer = peerIdentification;
    state = begin();
  }

  /** Begins an exchange unless one runs. */
  void restart() {
    if (state instanceof Idle) {
      state = begin();
    }
  }

  /** Takes a message of number 20 to 49; {@code payload} is read from after the number. */
  void on(int number, ByteBuf payload) {
    state = state.on(number, payload, this);
  }

  ExchangeGate gate() {
    return gate;
  }

  Markers markers() {
    return markers;
  }

  /** H of the first exchange. */
  byte[] sessionId() {
    return outcome().sessionId;
  }

  /** The server's key in the last exchange. */
  SshPublicKey hostKey() {
    return outcome().hostKey;
  }

  ExchangeState begin() {
    byte[] cookie = new byte[KexInit.COOKIE_OCTETS];
    settings.random().nextBytes(cookie);
    KexInit ours =
        Negotiation.offer(
            settings.algorithms(), cookie, gate.isFirst() ? markers.ours() : List.of());
    byte[] payload = Encoded.bytes(ours::encode);
    out.sendNow(payload);
    out.exchangeBegins();
    gate.begin();
    return new AwaitKexInit(ours, payload);
  }

  void peerBegins() {
    idleExchanges = reader.traffic().octets() < WORTH_AN_EXCHANGE ? idleExchanges + 1 : 0;
    if (idleExchanges > MOST_IDLE_EXCHANGES) {
      throw new LimitExceeded(
          "key exchange: the peer began " + idleExchanges + " in a row without sending data");
    }
  }

  ExchangeState negotiate(AwaitKexInit ours, ByteBuf payload) {
    byte[] theirs =
        ByteBufUtil.getBytes(payload, payload.readerIndex() - 1, payload.readableBytes() + 1);
    KexInit peerInit = KexInit.decode(payload);
    if (gate.isFirst()) {
      markers.peerOffers(peerInit.kex());
      if (markers.strict() && reader.lastSequence() != 0) {
        throw SshViolation.protocol("strict key exchange: KEXINIT was not the first packet");
      }
    }
    Negotiation negotiation =
        new Negotiation(settings.role(), settings.algorithms(), ours.ours(), peerInit);
    Agreement agreed = negotiation.agree();
    settings.requireSafe(agreed, markers.strict());
    gate.agree(negotiation.guessWasWrong());
    return proceed(firstStep(agreed, ours.sent(), theirs), agreed);
  }

  ExchangeState proceed(KexStep step, Agreement agreed) {
    KexStep current = step;
    while (current instanceof KexStep.Send send) {
      out.sendNow(send.payload());
      current = send.next();
    }
    if (current instanceof KexStep.Await await) {
      return new AwaitMethodMessage(await, agreed);
    }
    if (current instanceof KexStep.Work work) {
      surroundings.offload(work::run, next -> state = proceed(next, agreed));
      return new Busy();
    }
    return done(((KexStep.Done) current).result(), agreed);
  }

  ExchangeState end(PacketOpener opener, Agreement agreed) {
    boolean first = gate.isFirst();
    reader.use(opener, markers.strict());
    gate.open();
    surroundings.established(agreed, first);
    return new Idle();
  }

  private KexStep firstStep(Agreement agreed, byte[] sent, byte[] received) {
    byte[] own = settings.identification().octets();
    byte[] others = identification().octets();
    boolean client = isClient();
    KexContext context =
        new KexContext(
            client ? own : others,
            client ? others : own,
            client ? sent : received,
            client ? received : sent,
            agreed.hostKey(),
            settings.minRsaBits());
    return client
        ? agreed.kex().client(context, settings.random())
        : agreed.kex().server(context, keyFor(agreed), settings.random());
  }

  private SshKeyPair keyFor(Agreement agreed) {
    return settings.hostKeys().stream()
        .filter(key -> agreed.hostKey().fits(key.publicKey()))
        .findFirst()
        .orElseThrow(() -> SshViolation.keyExchange("no host key for " + agreed.hostKey()));
  }

  private ExchangeState done(KexResult result, Agreement agreed) {
    Outcome known = outcome;
    boolean same = known != null && Arrays.equals(known.hostKey.blob(), result.hostKey().blob());
    if (!isClient() || same) {
      return useKeys(result, agreed);
    }
    surroundings.askTrust(result.hostKey(), () -> state = useKeys(result, agreed));
    return new Busy();
  }

  private ExchangeState useKeys(KexResult result, Agreement agreed) {
    try (result) {
      byte[] sessionId = outcome == null ? result.exchangeHash() : outcome.sessionId;
      outcome = new Outcome(sessionId, result.hostKey());
      out.sendNow(Encoded.bytes(new NewKeys()::encode));
      out.writer().use(sealer(result, agreed.outgoing(settings.role())), markers.strict());
      surroundings.sealing(agreed, gate.isFirst());
      out.exchangeEnds();
      return new AwaitNewKeys(opener(result, agreed.incoming(settings.role())), agreed);
    }
  }

  private PacketSealer sealer(KexResult result, Agreement.Lane lane) {
    try (DirectionKeys keys = keys(result, lane, isClient())) {
      return lane.cipher().sealer(lane.mac(), keys);
    }
  }

  private PacketOpener opener(KexResult result, Agreement.Lane lane) {
    try (DirectionKeys keys = keys(result, lane, !isClient())) {
      return lane.cipher().opener(lane.mac(), keys);
    }
  }

  private DirectionKeys keys(KexResult result, Agreement.Lane lane, boolean toServer) {
    return toServer
        ? result.clientToServer(sessionId(), lane.cipher(), lane.mac())
        : result.serverToClient(sessionId(), lane.cipher(), lane.mac());
  }

  private boolean isClient() {
    return settings.role().isClient();
  }

  private Outcome outcome() {
    if (outcome == null) {
      throw new IllegalStateException("no key exchange has been finished");
    }
    return outcome;
  }

  private Identification identification() {
    if (peer == null) {
      throw new IllegalStateException("the peer has not identified itself");
    }
    return peer;
  }
}
