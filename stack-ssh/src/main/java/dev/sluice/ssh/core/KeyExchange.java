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
import dev.sluice.ssh.message.TransportMessage;
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
 * The key exchanges of a connection, one after the other (RFC 4253 sections 7 to 9), strict where
 * the peer is too (OpenSSH PROTOCOL section 1.10).
 */
final class KeyExchange {
  /** The last number of messages that belong to an exchange. */
  static final int LAST_NUMBER = 49;

  /** Exchanges in a row that a peer may begin without having sent anything worth one. */
  private static final int MOST_IDLE_EXCHANGES = 16;

  private static final long WORTH_AN_EXCHANGE = 16 * 1024;

  /**
   * Octets of channel messages that a server may send between its KEXINIT and its NEWKEYS, which
   * RFC 4253 section 7.1 forbids and AsyncSSH does: what it had under way. They are protected by
   * the keys before, and their windows bound them too.
   */
  static final long MOST_LATE_OCTETS = 64L << 20;

  private static final int FIRST_OF_CHANNELS = 93; // WINDOW_ADJUST
  private static final int LAST_OF_CHANNELS = 100; // CHANNEL_FAILURE

  /** What an exchange needs done around it. */
  interface Surroundings {
    /** Computes elsewhere; no packet is looked at until {@code then} has run. */
    <T> void offload(Supplier<T> computation, Consumer<? super T> then);

    /**
     * Asks whether the host's key is trusted; no packet is looked at until {@code then} has run.
     */
    void askTrust(SshPublicKey hostKey, Runnable then);

    /** Our packets are sealed with new keys from here on. */
    void sealing(Agreement agreement, boolean first);

    /** New keys protect both directions. */
    void established(Agreement agreement, boolean first);
  }

  private final TransportSettings settings;
  private final Role role;
  private final Outgoing out;
  private final PacketReader reader;
  private final Surroundings surroundings;
  private final Markers markers;
  private ExchangeState state = new Idle();
  private @Nullable Identification peer;
  private @Nullable Agreement agreement;
  private byte @Nullable [] sessionId;
  private @Nullable SshPublicKey hostKey;
  private boolean peerKexInitSeen;
  private boolean dropNext;
  private boolean first = true;
  private int idleExchanges;
  private long lateOctets;

  KeyExchange(
      TransportSettings settings, Outgoing out, PacketReader reader, Surroundings surroundings) {
    this.settings = settings;
    this.role = settings.role();
    this.out = out;
    this.reader = reader;
    this.surroundings = surroundings;
    this.markers = new Markers(role);
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

  /**
   * Looks at each packet before anyone else does.
   *
   * @param octets of its payload
   * @return false = the packet is to be dropped
   */
  boolean admit(int number, int octets) {
    if (dropNext) {
      dropNext = false;
      return false;
    }
    boolean isKex = number >= KexInit.NUMBER && number <= LAST_NUMBER;
    if (isKex || number == TransportMessage.Disconnect.NUMBER || isIdle()) {
      return true;
    }
    if (first && peerKexInitSeen && markers.strict()) {
      throw SshViolation.protocol("strict key exchange: message " + number + " before NEWKEYS");
    }
    boolean common = number >= 1 && number <= TransportMessage.Debug.NUMBER;
    if (!common && (first || peerKexInitSeen) && !isLateData(number, octets)) {
      throw SshViolation.protocol("key exchange: message " + number + " before NEWKEYS");
    }
    return true;
  }

  private boolean isLateData(int number, int octets) {
    if (first || !role.isClient() || number < FIRST_OF_CHANNELS || number > LAST_OF_CHANNELS) {
      return false;
    }
    lateOctets += octets;
    if (lateOctets > MOST_LATE_OCTETS) {
      throw new LimitExceeded(
          "key exchange: more than " + MOST_LATE_OCTETS + " octets of channels before NEWKEYS");
    }
    return true;
  }

  /** Takes a message of number 20 to 49; {@code payload} is read from behind the number. */
  void on(int number, ByteBuf payload) {
    state = state.on(number, payload, this);
  }

  boolean isIdle() {
    return state instanceof Idle && !first;
  }

  boolean isFirst() {
    return first;
  }

  Markers markers() {
    return markers;
  }

  /** H of the first exchange. */
  byte[] sessionId() {
    if (sessionId == null) {
      throw new IllegalStateException("no key exchange has been finished");
    }
    return sessionId;
  }

  /** The server's key in the last exchange. */
  SshPublicKey hostKey() {
    if (hostKey == null) {
      throw new IllegalStateException("no key exchange has been finished");
    }
    return hostKey;
  }

  ExchangeState begin() {
    byte[] cookie = new byte[KexInit.COOKIE_OCTETS];
    settings.random().nextBytes(cookie);
    KexInit ours =
        Negotiation.offer(settings.algorithms(), cookie, first ? markers.ours() : List.of());
    byte[] payload = Encoded.bytes(ours::encode);
    out.writer().write(payload);
    out.exchangeBegins();
    peerKexInitSeen = false;
    lateOctets = 0;
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
    peerKexInitSeen = true;
    if (first) {
      markers.peerOffers(peerInit.kex());
      if (markers.strict() && reader.lastSequence() != 0) {
        throw SshViolation.protocol("strict key exchange: KEXINIT was not the first packet");
      }
    }
    Negotiation negotiation = new Negotiation(role, settings.algorithms(), ours.ours(), peerInit);
    Agreement agreed = negotiation.agree();
    settings.requireSafe(agreed, markers.strict());
    agreement = agreed;
    dropNext = negotiation.guessWasWrong();
    return proceed(firstStep(agreed, ours.sent(), theirs));
  }

  ExchangeState proceed(KexStep step) {
    KexStep current = step;
    while (current instanceof KexStep.Send send) {
      out.writer().write(send.payload());
      current = send.next();
    }
    if (current instanceof KexStep.Await await) {
      return new AwaitMethodMessage(await);
    }
    if (current instanceof KexStep.Work work) {
      surroundings.offload(work::run, next -> state = proceed(next));
      return new Busy();
    }
    return done(((KexStep.Done) current).result());
  }

  ExchangeState end(PacketOpener opener) {
    boolean wasFirst = first;
    reader.use(opener, markers.strict());
    first = false;
    peerKexInitSeen = false;
    surroundings.established(agreed(), wasFirst);
    return new Idle();
  }

  private KexStep firstStep(Agreement agreed, byte[] sent, byte[] received) {
    byte[] own = settings.identification().octets();
    byte[] others = identification().octets();
    boolean client = role.isClient();
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

  private ExchangeState done(KexResult result) {
    byte[] known = hostKey == null ? new byte[0] : hostKey.blob();
    if (!role.isClient() || Arrays.equals(known, result.hostKey().blob())) {
      return useKeys(result);
    }
    surroundings.askTrust(result.hostKey(), () -> state = useKeys(result));
    return new Busy();
  }

  private ExchangeState useKeys(KexResult result) {
    try (result) {
      hostKey = result.hostKey();
      if (sessionId == null) {
        sessionId = result.exchangeHash();
      }
      Agreement agreed = agreed();
      out.writer().write(new NewKeys());
      out.writer().use(sealer(result, agreed.outgoing(role)), markers.strict());
      surroundings.sealing(agreed, first);
      out.exchangeEnds();
      return new AwaitNewKeys(opener(result, agreed.incoming(role)));
    }
  }

  private PacketSealer sealer(KexResult result, Agreement.Lane lane) {
    try (DirectionKeys keys = keys(result, lane, role.isClient())) {
      return lane.cipher().sealer(lane.mac(), keys);
    }
  }

  private PacketOpener opener(KexResult result, Agreement.Lane lane) {
    try (DirectionKeys keys = keys(result, lane, !role.isClient())) {
      return lane.cipher().opener(lane.mac(), keys);
    }
  }

  private DirectionKeys keys(KexResult result, Agreement.Lane lane, boolean toServer) {
    return toServer
        ? result.clientToServer(sessionId(), lane.cipher(), lane.mac())
        : result.serverToClient(sessionId(), lane.cipher(), lane.mac());
  }

  private Agreement agreed() {
    if (agreement == null) {
      throw new IllegalStateException("nothing has been negotiated");
    }
    return agreement;
  }

  private Identification identification() {
    if (peer == null) {
      throw new IllegalStateException("the peer has not identified itself");
    }
    return peer;
  }
}
