package dev.sluice.docs.walk;

import static dev.sluice.docs.walk.Loopback.LIMIT;

import dev.sluice.api.BoundServer;
import dev.sluice.api.ByteRange;
import dev.sluice.api.RemotePath;
import dev.sluice.api.WriteMode;
import dev.sluice.api.login.StaticUsers;
import dev.sluice.api.storage.memory.MemoryStorage;
import dev.sluice.ftp.FtpClient;
import dev.sluice.ftp.FtpServer;
import dev.sluice.ftp.FtpSession;
import dev.sluice.ftp.PortRange;
import dev.sluice.ftp.command.Verb;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
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
      Tap.Talk talk = control.talks(LIMIT).get(0);
      return steps(
          ControlTalk.of(talk.from(Side.CLIENT), talk.from(Side.SERVER)),
          new ArrayDeque<>(data.talks(LIMIT)));
    } finally {
      server.close().block(LIMIT);
    }
  }

  /** What the user does. */
  static void run(FtpClient client) {
    FtpSession session = client.connect().block(LIMIT);
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

  static FtpServer server(int passivePort) {
    return FtpServer.create()
        .host(Loopback.SERVER)
        .port(0)
        .storage(MemoryStorage.create())
        .users(StaticUsers.of(Loopback.USER, Loopback.PASSWORD))
        .options(
            options ->
                options.withData(
                    options.data().withPassivePorts(new PortRange(passivePort, passivePort))));
  }

  static FtpClient client(BoundServer server) {
    return FtpClient.create(Tap.HOST)
        .port(server.address().getPort())
        .credentials(Loopback.USER, Loopback.PASSWORD);
  }

  private List<Step> steps(ControlTalk talk, Queue<Tap.Talk> data) {
    List<Step> steps = new ArrayList<>();
    steps.add(new Step("The greeting", "RFC 959 section 5.4", FtpLines.answer(talk.greeting())));
    for (ControlTalk.Exchange exchange : talk.exchanges()) {
      List<String> rows = new ArrayList<>(FtpLines.command(exchange.command()));
      for (ControlTalk.Answer answer : exchange.answers()) {
        rows.addAll(FtpLines.answer(answer));
        if (answer.reply().isPreliminary()) {
          rows.addAll(FtpLines.data(data.remove()));
        }
      }
      steps.add(new Step(exchange.word(), source(exchange), rows));
    }
    if (!data.isEmpty()) {
      throw new IllegalStateException(data.size() + " data connections belong to no command");
    }
    return steps;
  }

  private String source(ControlTalk.Exchange exchange) {
    return notes.get(Verb.valueOf(exchange.word())).source();
  }

  private static ByteBuf hello() {
    return Unpooled.copiedBuffer("Hello, wire.\n", StandardCharsets.UTF_8);
  }
}
