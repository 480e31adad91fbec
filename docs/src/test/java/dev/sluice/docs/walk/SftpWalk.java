package dev.sluice.docs.walk;

import static dev.sluice.docs.walk.Loopback.LIMIT;

import dev.sluice.api.BoundServer;
import dev.sluice.api.ByteRange;
import dev.sluice.api.FileFailure;
import dev.sluice.api.RemotePath;
import dev.sluice.api.WriteMode;
import dev.sluice.docs.walk.PacketRecorder.Packet;
import dev.sluice.sftp.SftpSession;
import dev.sluice.sftp.client.SftpClient;
import dev.sluice.sftp.message.PacketFramer;
import dev.sluice.sftp.server.SftpServer;
import dev.sluice.ssh.Credential;
import dev.sluice.storage.memory.MemoryStorage;
import dev.sluice.transport.door.StaticUsers;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import reactor.core.publisher.Mono;

/** A session of SFTP, taken out of the packets of the SSH connection that carries it. */
final class SftpWalk {
  private static final int CHANNEL_DATA = 94;
  private static final int DATA_HEADER = 9;
  private static final RemotePath FILE = RemotePath.of("/hello.txt");

  /** Runs the session and takes it apart. */
  List<Step> record() {
    BoundServer server = server().bind().block(LIMIT);
    PacketRecorder packets = new PacketRecorder();
    try (Tap tap = new Tap()) {
      Tap.Line line = tap.listen(server.address().getPort());
      run(server, packets);
      SshRecording recording = SshRecording.of(line.talks(LIMIT).get(0), packets.packets());
      return steps(
          packets(Side.CLIENT, recording.sealed()), packets(Side.SERVER, recording.sealed()));
    } finally {
      server.close().block(LIMIT);
    }
  }

  private static SftpServer server() {
    return SftpServer.create()
        .host(Loopback.SERVER)
        .port(0)
        .hostKey(SshWalk.newKey())
        .storage(MemoryStorage.create())
        .users(StaticUsers.of(Loopback.USER, Loopback.PASSWORD));
  }

  private static void run(BoundServer server, PacketRecorder packets) {
    SftpSession session =
        SftpClient.over(SshWalk.client(server, packets))
            .credential(Credential.password(Loopback.PASSWORD))
            .connectSftp()
            .block(LIMIT);
    try {
      session.write(FILE, WriteMode.replace(), Mono.fromSupplier(SftpWalk::hello)).block(LIMIT);
      session.list(RemotePath.root()).blockLast(LIMIT);
      session
          .read(FILE, ByteRange.of(0, 12))
          .doOnNext(ReferenceCountUtil::release)
          .blockLast(LIMIT);
      session.createDirectory(RemotePath.of("/letters")).block(LIMIT);
      session.rename(FILE, RemotePath.of("/letters/first.txt")).block(LIMIT);
      session.stat(FILE).onErrorComplete(FileFailure.class).block(LIMIT);
      session.deleteFile(RemotePath.of("/letters/first.txt")).block(LIMIT);
      session.deleteDirectory(RemotePath.of("/letters")).block(LIMIT);
    } finally {
      session.close().block(LIMIT);
    }
  }

  private static ByteBuf hello() {
    return Unpooled.copiedBuffer("Hello, wire.\n", StandardCharsets.UTF_8);
  }

  /** Cuts what one side sent on the channel into packets, from their type on. */
  private static List<byte[]> packets(Side side, List<Packet> all) {
    PacketFramer framer =
        new PacketFramer(UnpooledByteBufAllocator.DEFAULT, PacketFramer.DEFAULT_MAX_PACKET);
    List<byte[]> packets = new ArrayList<>();
    for (Packet packet : all) {
      if (packet.from() == side && packet.number() == CHANNEL_DATA) {
        byte[] payload = packet.payload();
        framer.add(
            Unpooled.wrappedBuffer(Arrays.copyOfRange(payload, DATA_HEADER, payload.length)));
        for (ByteBuf found = framer.next(); found != null; found = framer.next()) {
          packets.add(ByteBufUtil.getBytes(found));
          found.release();
        }
      }
    }
    return packets;
  }

  /** Requests in their order, each with its answer: answers may overtake each other. */
  private static List<Step> steps(List<byte[]> requests, List<byte[]> responses) {
    Map<Integer, byte[]> answers = new LinkedHashMap<>();
    responses
        .subList(1, responses.size())
        .forEach(packet -> answers.put(SftpFields.id(packet), packet));
    List<Step> steps = new ArrayList<>();
    steps.add(step(requests.get(0), responses.get(0)));
    for (byte[] request : requests.subList(1, requests.size())) {
      byte[] answer = answers.remove(SftpFields.id(request));
      if (answer == null) {
        throw new IllegalStateException(SftpFields.name(request) + " was not answered");
      }
      steps.add(step(request, answer));
    }
    return steps;
  }

  private static Step step(byte[] request, byte[] response) {
    List<String> rows = new ArrayList<>(rows(Side.CLIENT, request));
    rows.addAll(rows(Side.SERVER, response));
    return new Step(
        SftpFields.name(request) + " → " + SftpFields.name(response),
        SftpFields.source(request),
        rows);
  }

  private static List<String> rows(Side side, byte[] packet) {
    byte[] whole = Unpooled.buffer().writeInt(packet.length).writeBytes(packet).array();
    Fields fields = new Fields(Arrays.copyOf(whole, Integer.BYTES + packet.length));
    SftpFields.take(fields.number(4, "length"));
    List<String> rows = new ArrayList<>();
    rows.add(side.arrow() + ", " + SftpFields.reader(packet));
    rows.addAll(fields.rows());
    return rows;
  }
}
