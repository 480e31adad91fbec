package dev.sluice.docs.walk;

import static dev.sluice.docs.walk.Loopback.LIMIT;

import dev.sluice.api.BoundServer;
import dev.sluice.api.ByteRange;
import dev.sluice.api.RemotePath;
import dev.sluice.api.WriteMode;
import dev.sluice.ftp.DataMode;
import dev.sluice.ftp.FtpSession;
import dev.sluice.ftp.PortRange;
import dev.sluice.ftp.client.FtpClient;
import dev.sluice.ftp.command.Verb;
import dev.sluice.ftp.server.FtpServer;
import dev.sluice.storage.memory.MemoryStorage;
import dev.sluice.transport.door.StaticUsers;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.util.ReferenceCountUtil;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/** A session of FTP: our client and our server with a {@link Tap} between them. */
final class FtpWalk {
  private static final RemotePath FILE = RemotePath.of("/hello.txt");

  private final Map<Verb, CommandNotes> notes = CommandNotes.all();

  /** Runs the session and takes it apart. */
  List<Step> record() {
    int passivePort = Loopback.freePort();
    BoundServer server = server(passivePort).bind().block(LIMIT);
    try (Tap tap = new Tap()) {
      Tap.Line control = tap.listen(server.address().getPort());
      Tap.Line data = tap.listen(passivePort);
      run(client(server));
      List<Step> steps = steps(talk(control), new ArrayDeque<>(data.talks(LIMIT)));
      Tap.Line active = tap.beside(server.address().getPort());
      byte[] file = runActive(client(Loopback.SERVER, active.port()));
      steps.addAll(activeSteps(talk(active), file));
      return steps;
    } finally {
      server.close().block(LIMIT);
    }
  }

  /** What the user does. */
  static void run(FtpClient client) {
    FtpSession session = client.connectFtp().block(LIMIT);
    try {
      session.write(FILE, WriteMode.replace(), Mono.fromSupplier(FtpWalk::hello)).block(LIMIT);
      session.list(RemotePath.root()).blockLast(LIMIT);
      session.read(FILE, ByteRange.all()).doOnNext(ReferenceCountUtil::release).blockLast(LIMIT);
      session.read(FILE, ByteRange.from(7)).doOnNext(ReferenceCountUtil::release).blockLast(LIMIT);
      RemotePath directory = RemotePath.of("/letters");
      session.createDirectory(directory).block(LIMIT);
      session.rename(FILE, RemotePath.of("/letters/first.txt")).block(LIMIT);
      session.stat(RemotePath.of("/letters/first.txt")).block(LIMIT);
      session.deleteFile(RemotePath.of("/letters/first.txt")).block(LIMIT);
      session.deleteDirectory(directory).block(LIMIT);
    } finally {
      session.close().block(LIMIT);
    }
  }

  /** The same user once more, with a client that the server has to connect to. */
  private static byte[] runActive(FtpClient client) {
    FtpSession session = client.data(d -> d.withMode(DataMode.active())).connectFtp().block(LIMIT);
    try {
      session.write(FILE, WriteMode.replace(), Mono.fromSupplier(FtpWalk::hello)).block(LIMIT);
      return session
          .read(FILE, ByteRange.all())
          .collect(ByteArrayOutputStream::new, FtpWalk::append)
          .map(ByteArrayOutputStream::toByteArray)
          .block(LIMIT);
    } finally {
      session.close().block(LIMIT);
    }
  }

  private static ControlTalk talk(Tap.Line control) {
    Tap.Talk talk = control.talks(LIMIT).get(0);
    return ControlTalk.of(talk.from(Side.CLIENT), talk.from(Side.SERVER));
  }

  static FtpServer server(int passivePort) {
    return FtpServer.create()
        .host(Loopback.SERVER)
        .port(0)
        .storage(MemoryStorage.create())
        .users(StaticUsers.of(Loopback.USER, Loopback.PASSWORD))
        .data(d -> d.withPassivePorts(new PortRange(passivePort, passivePort)));
  }

  static FtpClient client(BoundServer server) {
    return client(Tap.HOST, server.address().getPort());
  }

  private static FtpClient client(String host, int port) {
    return FtpClient.create(host).port(port).credentials(Loopback.USER, Loopback.PASSWORD);
  }

  private List<Step> steps(ControlTalk talk, Queue<Tap.Talk> data) {
    List<Step> steps = new ArrayList<>();
    steps.add(new Step("The greeting", "RFC 959 section 5.4", FtpLines.answer(talk.greeting())));
    talk.exchanges().forEach(exchange -> steps.add(step(exchange, () -> carried(data.remove()))));
    if (!data.isEmpty()) {
      throw new IllegalStateException(data.size() + " data connections belong to no command");
    }
    return steps;
  }

  /** The download of a session, which the server makes the data connection for. */
  private List<Step> activeSteps(ControlTalk talk, byte[] file) {
    List<ControlTalk.Exchange> all = talk.exchanges();
    int download = all.stream().map(ControlTalk.Exchange::word).toList().indexOf("RETR");
    return all.subList(download - 1, download + 1).stream()
        .map(exchange -> step(exchange, () -> FtpLines.data(Side.SERVER, file)))
        .toList();
  }

  private Step step(ControlTalk.Exchange exchange, Supplier<List<String>> data) {
    List<String> rows = new ArrayList<>(FtpLines.command(exchange.command()));
    for (ControlTalk.Answer answer : exchange.answers()) {
      rows.addAll(FtpLines.answer(answer));
      if (answer.reply().isPreliminary()) {
        rows.addAll(data.get());
      }
    }
    return new Step(exchange.word(), source(exchange), rows);
  }

  private static List<String> carried(Tap.Talk talk) {
    byte[] toClient = talk.from(Side.SERVER);
    byte[] toServer = talk.from(Side.CLIENT);
    if (toClient.length > 0 && toServer.length > 0) {
      throw new IllegalStateException("data in both directions");
    }
    return toClient.length > 0
        ? FtpLines.data(Side.SERVER, toClient)
        : FtpLines.data(Side.CLIENT, toServer);
  }

  private String source(ControlTalk.Exchange exchange) {
    return notes.get(Verb.valueOf(exchange.word())).source();
  }

  private static void append(ByteArrayOutputStream all, ByteBuf octets) {
    all.writeBytes(ByteBufUtil.getBytes(octets));
    octets.release();
  }

  private static ByteBuf hello() {
    return Unpooled.copiedBuffer("Hello, wire.\n", StandardCharsets.UTF_8);
  }
}
