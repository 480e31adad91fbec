package dev.sluice.docs.walk;

import static dev.sluice.docs.walk.Loopback.LIMIT;

import dev.sluice.api.BoundServer;
import dev.sluice.docs.walk.PacketRecorder.Packet;
import dev.sluice.ssh.Credential;
import dev.sluice.ssh.HostKeyPolicy;
import dev.sluice.ssh.SshAlgorithms;
import dev.sluice.ssh.SshCall;
import dev.sluice.ssh.SshChannel;
import dev.sluice.ssh.SshSecurity;
import dev.sluice.ssh.SshSession;
import dev.sluice.ssh.WindowLimits;
import dev.sluice.ssh.algorithm.Ciphers;
import dev.sluice.ssh.client.SshClient;
import dev.sluice.ssh.kex.KexAlgorithms;
import dev.sluice.ssh.key.Ed25519PrivateKey;
import dev.sluice.ssh.key.SshKeyPair;
import dev.sluice.ssh.server.SshServer;
import dev.sluice.transport.door.StaticUsers;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import reactor.core.publisher.Mono;

/** A session of SSH: a key that is refused, a password, a command that echoes, and its end. */
final class SshWalk {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int WINDOW = 256;
  private static final int GLOBAL_REQUEST = 80;
  private static final int WINDOW_ADJUST = 93;

  /** Runs the session and takes it apart. */
  List<Step> record() {
    BoundServer server = server().bind().block(LIMIT);
    PacketRecorder packets = new PacketRecorder();
    try (Tap tap = new Tap()) {
      Tap.Line line = tap.listen(server.address().getPort());
      SshClient client =
          client(server, packets).windows(w -> new WindowLimits(WINDOW, WINDOW, WINDOW, WINDOW));
      run(client, packets);
      return steps(SshRecording.of(line.talks(LIMIT).get(0), packets.packets()));
    } finally {
      server.close().block(LIMIT);
    }
  }

  /** A client of whose packets nothing is hidden. */
  static SshClient client(BoundServer server, PacketRecorder packets) {
    return SshClient.create(Tap.HOST)
        .port(server.address().getPort())
        .user(Loopback.USER)
        .hostKeys(HostKeyPolicy.pinned(server.fingerprints().get(0)))
        .security(usual -> watched(usual, packets));
  }

  static SshKeyPair newKey() {
    return SshKeyPair.of(Ed25519PrivateKey.generate(RANDOM));
  }

  private static SshSecurity watched(SshSecurity usual, PacketRecorder packets) {
    SshAlgorithms algorithms = usual.algorithms();
    return usual.withAlgorithms(
        algorithms.withPackets(
            algorithms
                .clientToServer()
                .withCiphers(Ciphers.DEFAULT.stream().map(packets::watch).toList())));
  }

  private static SshServer server() {
    return SshServer.create()
        .host(Loopback.SERVER)
        .port(0)
        .hostKey(newKey())
        .users(StaticUsers.of(Loopback.USER, Loopback.PASSWORD))
        .exec(SshWalk::echo)
        .security(s -> s.withAlgorithms(s.algorithms().withKex(List.of(KexAlgorithms.CURVE25519))));
  }

  private static Mono<Integer> echo(SshCall call) {
    return call.send(call.input()).thenReturn(0);
  }

  private static void run(SshClient client, PacketRecorder packets) {
    SshSession session =
        client
            .credential(Credential.key(newKey()))
            .credential(Credential.password(Loopback.PASSWORD))
            .connect()
            .block(LIMIT);
    packets.await(packet -> packet.number() == GLOBAL_REQUEST, LIMIT);
    SshChannel channel = session.exec("echo").block(LIMIT);
    Mono<Void> heard = channel.input().doOnNext(ReferenceCountUtil::release).then().cache();
    heard.subscribe();
    channel.send(Mono.fromSupplier(SshWalk::text)).block(LIMIT);
    packets.await(packet -> packet.number() == WINDOW_ADJUST, LIMIT);
    channel.endOutput().block(LIMIT);
    heard.block(LIMIT);
    channel.exit().block(LIMIT);
    channel.onClosed().block(LIMIT);
    session.close().block(LIMIT);
  }

  private static ByteBuf text() {
    return Unpooled.copiedBuffer("Hello, wire.\n".repeat(12), StandardCharsets.UTF_8);
  }

  private static List<Step> steps(SshRecording recording) {
    List<Step> steps = new ArrayList<>();
    steps.add(identification(recording));
    recording.clear().forEach(packet -> steps.add(step(packet, false)));
    recording.sealed().forEach(packet -> steps.add(step(packet, true)));
    return steps;
  }

  private static Step identification(SshRecording recording) {
    List<String> rows = new ArrayList<>();
    for (Map.Entry<Side, byte[]> entry : recording.lines().entrySet()) {
      byte[] line = entry.getValue();
      rows.add(entry.getKey().arrow());
      rows.addAll(
          new Fields(line)
              .text(8, "protocol version")
              .text(line.length - 10, "software version")
              .binary(2, "CR LF")
              .rows());
    }
    return new Step("The identification lines", "RFC 4253 section 4.2", rows);
  }

  private static Step step(Packet packet, boolean sealed) {
    int number = packet.number();
    String who = packet.from() == Side.CLIENT ? "client" : "server";
    return new Step(
        SshFields.title(packet.payload()) + ", " + who,
        SshFields.source(number),
        rows(packet, sealed));
  }

  private static List<String> rows(Packet packet, boolean sealed) {
    List<String> rows = new ArrayList<>();
    rows.add(
        packet.from().arrow()
            + ", packet "
            + Integer.toUnsignedString(packet.sequence())
            + ", "
            + SshFields.reader(packet.payload()));
    if (sealed) {
      rows.add("on the wire:");
      int body = packet.sealed().length - 4 - 16;
      rows.addAll(
          new Fields(packet.sealed())
              .number(4, "packet_length, in clear")
              .binary(body, "sealed")
              .binary(16, "tag")
              .rows());
      rows.add("opened:");
    }
    Fields fields = new Fields(packet.open());
    fields.number(4, "packet_length").number(1, "padding_length");
    fields.inner(packet.padding(), SshFields::take);
    rows.addAll(fields.binary(packet.padding(), "random padding").rows());
    return rows;
  }
}
