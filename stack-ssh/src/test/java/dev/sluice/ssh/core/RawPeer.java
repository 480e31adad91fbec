package dev.sluice.ssh.core;

import dev.sluice.api.TransferException;
import dev.sluice.ssh.PacketAlgorithms;
import dev.sluice.ssh.SshAlgorithms;
import dev.sluice.ssh.algorithm.Ciphers;
import dev.sluice.ssh.algorithm.CompressionAlgorithm;
import dev.sluice.ssh.algorithm.Compressions;
import dev.sluice.ssh.algorithm.DirectionKeys;
import dev.sluice.ssh.algorithm.Macs;
import dev.sluice.ssh.auth.LoginEvent;
import dev.sluice.ssh.channel.ChannelEvent;
import dev.sluice.ssh.kex.KexContext;
import dev.sluice.ssh.kex.KexResult;
import dev.sluice.ssh.kex.KexStep;
import dev.sluice.ssh.message.AuthMessage;
import dev.sluice.ssh.message.AuthMethod;
import dev.sluice.ssh.message.KexInit;
import dev.sluice.ssh.message.SshMessage;
import dev.sluice.ssh.message.TransportMessage;
import dev.sluice.ssh.message.UserAuthRequest;
import dev.sluice.ssh.packet.Identification;
import dev.sluice.ssh.packet.PacketReader;
import dev.sluice.ssh.packet.PacketWriter;
import dev.sluice.ssh.wire.Encoded;
import dev.sluice.test.FixedRandom;
import dev.sluice.test.ManualClock;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The other side of a core, which says what a test wants it to say, in any order. It hands work
 * back at once, trusts every host and lets ann in with her password.
 */
final class RawPeer implements AutoCloseable {
  private static final int MAX_PACKET = 256 * 1024;

  final ManualClock clock = new ManualClock();
  final List<SshEvent> events = new ArrayList<>();
  final PacketWriter writer = new PacketWriter(ByteBufAllocator.DEFAULT, new FixedRandom(99));
  final PacketReader reader = new PacketReader(ByteBufAllocator.DEFAULT, MAX_PACKET);
  final SshCore core;
  final Role role;
  boolean strict = true;
  boolean extensions = true;
  boolean answersLogins = true;
  CompressionAlgorithm compression = Compressions.NONE;
  Predicate<LoginEvent.KeyShown> mayLogIn = shown -> false;
  @Nullable TransferException failure;
  byte @Nullable [] sessionId;
  private final ArrayDeque<byte[]> received = new ArrayDeque<>();
  private final StringBuilder line = new StringBuilder();
  private @Nullable Runnable pendingOpener;
  private boolean newKeysSeen;
  private boolean identified;

  /**
   * @param role of this side; the core is the other
   */
  RawPeer(Role role, SshCore core) {
    this.role = role;
    this.core = core;
    core.tick(clock.getAsLong());
    pump();
  }

  static RawPeer client() {
    return new RawPeer(Role.CLIENT, Cores.serverCore());
  }

  static RawPeer server(SshCore core) {
    return new RawPeer(Role.SERVER, core);
  }

  RawPeer identify() {
    return octets((identification().line() + "\r\n").getBytes(StandardCharsets.US_ASCII));
  }

  /** Raw octets on the wire. */
  RawPeer octets(byte[] octets) {
    if (failure != null) {
      return this;
    }
    try {
      core.tick(clock.getAsLong());
      core.receive(Unpooled.wrappedBuffer(octets));
    } catch (TransferException e) {
      failure = e;
    }
    pump();
    return this;
  }

  RawPeer send(SshMessage message) {
    writer.write(message);
    return flush();
  }

  RawPeer payload(byte... payload) {
    writer.write(payload);
    return flush();
  }

  /** Writes now, to be sent with what follows. */
  RawPeer flush() {
    for (ByteBuf out = writer.take(); out != null; out = writer.take()) {
      byte[] octets = ByteBufUtil.getBytes(out);
      out.release();
      octets(octets);
    }
    return this;
  }

  RawPeer waits(Duration time) {
    clock.advance(time);
    if (failure == null) {
      try {
        core.tick(clock.getAsLong());
      } catch (TransferException e) {
        failure = e;
      }
    }
    pump();
    return this;
  }

  KexInit kexInit() {
    Markers markers = new Markers(role);
    List<String> wanted =
        markers.ours().stream()
            .filter(name -> name.startsWith("kex-strict") ? strict : extensions)
            .toList();
    SshAlgorithms all = Cores.settings(role).algorithms();
    PacketAlgorithms packets = all.clientToServer().withCompressions(List.of(compression));
    return Negotiation.offer(all.withPackets(packets), new byte[16], wanted);
  }

  /** Identification and the first key exchange, as everybody does it. */
  RawPeer handshake() {
    identify();
    return exchange();
  }

  RawPeer exchange() {
    KexInit own = kexInit();
    send(own);
    return exchange(own, awaits(KexInit.NUMBER));
  }

  RawPeer exchange(KexInit own, byte[] theirs) {
    KexResult result = run(firstStep(Encoded.bytes(own::encode), theirs));
    useKeysToSend(result);
    awaits(TransportMessage.NewKeys.NUMBER);
    return this;
  }

  /** Sends NEWKEYS and seals with the new keys; reads with them behind the core's NEWKEYS. */
  void useKeysToSend(KexResult result) {
    Agreement.Lane lane = lane();
    if (sessionId == null) {
      sessionId = result.exchangeHash();
    }
    DirectionKeys up = result.clientToServer(sessionId, lane.cipher(), lane.mac());
    DirectionKeys down = result.serverToClient(sessionId, lane.cipher(), lane.mac());
    pendingOpener =
        () -> reader.use(lane.cipher().opener(lane.mac(), role.isClient() ? down : up), strict);
    writer.write(new TransportMessage.NewKeys());
    ByteBuf newKeys = writer.take();
    writer.use(lane.cipher().sealer(lane.mac(), role.isClient() ? up : down), strict);
    openIfDue();
    byte[] octets = ByteBufUtil.getBytes(newKeys);
    newKeys.release();
    octets(octets);
  }

  KexStep firstStep(byte[] own, byte[] theirs) {
    byte[] ownLine = identification().octets();
    byte[] coreLine = line.toString().strip().getBytes(StandardCharsets.US_ASCII);
    boolean client = role.isClient();
    KexContext context =
        new KexContext(
            client ? ownLine : coreLine,
            client ? coreLine : ownLine,
            client ? own : theirs,
            client ? theirs : own,
            Cores.settings(Role.SERVER).algorithms().hostKeys().get(0),
            2048);
    return client
        ? Cores.algorithms(role).kex().get(0).client(context, new FixedRandom(3))
        : Cores.algorithms(role).kex().get(0).server(context, Cores.HOST_KEY, new FixedRandom(3));
  }

  KexResult run(KexStep first) {
    KexStep step = first;
    while (!(step instanceof KexStep.Done)) {
      if (step instanceof KexStep.Work work) {
        step = work.run();
      } else if (step instanceof KexStep.Send send) {
        payload(send.payload());
        step = send.next();
      } else {
        KexStep.Await await = (KexStep.Await) step;
        ByteBuf message = Unpooled.wrappedBuffer(awaits(await.number()));
        message.readByte();
        step = await.receive(message);
      }
    }
    return ((KexStep.Done) step).result();
  }

  RawPeer logIn() {
    send(new TransportMessage.ServiceRequest("ssh-userauth"));
    awaits(TransportMessage.ServiceAccept.NUMBER);
    send(request(new AuthMethod.Password(Cores.PASSWORD, null)));
    awaits(AuthMessage.Success.NUMBER);
    return this;
  }

  static UserAuthRequest request(AuthMethod method) {
    return new UserAuthRequest(Cores.USER, "ssh-connection", method);
  }

  /** The next payload of this number, others of the transport's own aside. */
  byte[] awaits(int number) {
    while (true) {
      byte[] payload = received.poll();
      if (payload == null) {
        throw new AssertionError(
            "no message " + number + " came; the core's failure: " + failure, failure);
      }
      if ((payload[0] & 0xFF) == number) {
        return payload;
      }
    }
  }

  /** The numbers of what came and was not awaited. */
  List<Integer> heard() {
    List<Integer> numbers = received.stream().map(payload -> payload[0] & 0xFF).toList();
    received.clear();
    return numbers;
  }

  /** The reason of the DISCONNECT that came last; 0 = none came. */
  int disconnectReason() {
    int reason = 0;
    for (byte[] payload : received) {
      if (payload[0] == TransportMessage.Disconnect.NUMBER) {
        reason = payload[4];
      }
    }
    return reason;
  }

  boolean isLoggedIn() {
    return core.isLoggedIn();
  }

  @Override
  public void close() {
    core.abandon();
    writer.close();
    reader.close();
    for (ByteBuf out = writer.take(); out != null; out = writer.take()) {
      out.release();
    }
    for (ByteBuf out = core.nextOutput(); out != null; out = core.nextOutput()) {
      out.release();
    }
  }

  private void openIfDue() {
    Runnable opener = pendingOpener;
    if (newKeysSeen && opener != null) {
      newKeysSeen = false;
      pendingOpener = null;
      opener.run();
      readPackets();
    }
  }

  private Identification identification() {
    return Identification.of("Raw_" + role);
  }

  private Agreement.Lane lane() {
    return new Agreement.Lane(Ciphers.AES128_GCM, Macs.NONE, compression);
  }

  void pump() {
    boolean progress = true;
    while (progress) {
      progress = false;
      for (SshEvent event = core.nextEvent(); event != null; event = core.nextEvent()) {
        progress = true;
        handle(event);
      }
      for (ByteBuf out = core.nextOutput(); out != null; out = core.nextOutput()) {
        progress = true;
        take(out);
        out.release();
      }
    }
  }

  private void handle(SshEvent event) {
    if (failure != null) {
      return;
    }
    events.add(event);
    try {
      if (event instanceof SshEvent.WorkDue due) {
        due.work().run();
        core.finished(due.work());
      } else if (event instanceof SshEvent.HostKeyShown) {
        core.trustHost();
      } else if (event instanceof SshEvent.Login login && answersLogins) {
        decide(login.what());
      } else if (event instanceof SshEvent.OnChannel on
          && on.what() instanceof ChannelEvent.Requested request) {
        request.answer().answer(true);
      }
    } catch (TransferException e) {
      failure = e;
    }
  }

  private void decide(LoginEvent event) {
    if (event instanceof LoginEvent.PasswordShown shown) {
      core.decide(shown.user().equals(Cores.USER) && shown.password().equals(Cores.PASSWORD));
    } else if (event instanceof LoginEvent.KeyShown shown) {
      core.decide(mayLogIn.test(shown));
    }
  }

  private void take(ByteBuf octets) {
    if (!identified) {
      while (octets.isReadable() && !identified) {
        char c = (char) octets.readByte();
        line.append(c);
        identified = c == '\n';
      }
    }
    if (octets.isReadable()) {
      reader.receive(octets);
      readPackets();
      reader.keep();
    }
  }

  private void readPackets() {
    while (!newKeysSeen) {
      ByteBuf payload = reader.next();
      if (payload == null) {
        return;
      }
      byte[] copy = ByteBufUtil.getBytes(payload);
      payload.release();
      received.add(copy);
      if (copy[0] == TransportMessage.NewKeys.NUMBER) {
        newKeysSeen = true;
        openIfDue();
      }
      if (copy[0] == AuthMessage.Success.NUMBER && !compression.isIdentity()) {
        reader.inflate(compression.inflater(MAX_PACKET));
      }
    }
  }
}
