package dev.sluice.docs.walk;

import static dev.sluice.docs.walk.Loopback.LIMIT;

import dev.sluice.api.BoundServer;
import dev.sluice.api.RemotePath;
import dev.sluice.api.WriteMode;
import dev.sluice.docs.walk.TlsTalk.Entry;
import dev.sluice.ftp.FtpSecurity;
import dev.sluice.ftp.FtpServerTls;
import dev.sluice.ftp.FtpSession;
import dev.sluice.ftp.client.FtpClient;
import dev.sluice.tls.TlsClientOptions;
import dev.sluice.tls.TlsServerOptions;
import dev.sluice.tls.record.ClientHelloPeek;
import dev.sluice.tls.session.ClientHello;
import dev.sluice.tls.test.TestCertificates;
import dev.sluice.tls.test.TestCertificates.Wish;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import reactor.core.publisher.Mono;

/** A session of FTP that becomes TLS, and a data connection that goes on from it. */
final class FtpsWalk {
  private static final String TEXT = "Hello, wire.\n";
  private static final String AUTH = "AUTH TLS\r\n";
  private static final String RECORDS = "RFC 8446 section 5";

  private final TestCertificates certificates = new TestCertificates();
  private final List<String> trace = new CopyOnWriteArrayList<>();

  /** Runs the session and takes it apart. */
  List<Step> record() {
    int passivePort = Loopback.freePort();
    TlsServerOptions tls = TlsServerOptions.of(certificates.issue(Wish.named(Tap.HOST)));
    BoundServer server =
        FtpWalk.server(passivePort).tls(FtpServerTls.explicit(tls)).bind().block(LIMIT);
    try (Tap tap = new Tap()) {
      Tap.Line control = tap.listen(server.address().getPort());
      Tap.Line data = tap.listen(passivePort);
      run(server);
      List<Step> steps = control(control.talks(LIMIT).get(0));
      int last = steps.size() - 1;
      steps.addAll(last, data(data.talks(LIMIT).get(0)));
      return steps;
    } finally {
      server.close().block(LIMIT);
    }
  }

  private void run(BoundServer server) {
    TlsClientOptions tls = TlsClientOptions.DEFAULT.withVerification(certificates.verification());
    FtpClient client = FtpWalk.client(server).trace(trace::add).security(FtpSecurity.explicit(tls));
    FtpSession session = client.connectFtp().block(LIMIT);
    session
        .write(
            RemotePath.of("/hello.txt"),
            WriteMode.replace(),
            Mono.fromSupplier(() -> Unpooled.copiedBuffer(TEXT, StandardCharsets.UTF_8)))
        .block(LIMIT);
    session.close().block(LIMIT);
  }

  private List<Step> control(Tap.Talk talk) {
    String client = new String(talk.from(Side.CLIENT), StandardCharsets.ISO_8859_1);
    String server = new String(talk.from(Side.SERVER), StandardCharsets.ISO_8859_1);
    String begun = server.substring(0, server.indexOf("\r\n", server.indexOf("234 ")) + 2);
    if (!client.startsWith(AUTH)) {
      throw new IllegalStateException("AUTH TLS is not the first command");
    }
    ControlTalk clear =
        ControlTalk.of(
            AUTH.getBytes(StandardCharsets.ISO_8859_1),
            begun.getBytes(StandardCharsets.ISO_8859_1));
    List<Step> steps = new ArrayList<>();
    steps.add(new Step("The greeting", "RFC 959 section 5.4", FtpLines.answer(clear.greeting())));
    List<String> auth = new ArrayList<>(FtpLines.command(clear.exchanges().get(0).command()));
    auth.addAll(FtpLines.answer(clear.exchanges().get(0).answers().get(0)));
    steps.add(new Step("AUTH", "RFC 4217 section 4", auth));
    TlsTalk tls = TlsTalk.of(talk, AUTH.length(), begun.length());
    steps.addAll(handshake("", tls));
    List<Entry> sent = tls.rest(Side.CLIENT);
    List<Entry> received = tls.rest(Side.SERVER);
    int replies = (int) underTls().stream().filter(line -> line.matches("< \\d{3} .*")).count();
    int alerts = (int) received.stream().filter(Entry::isCloseNotify).count();
    int tickets = received.size() - replies - alerts;
    steps.add(
        new Step(
            "The session tickets",
            "RFC 8446 section 4.6.1",
            records(received.subList(0, tickets))));
    steps.add(
        new Step(
            "Commands and replies",
            RECORDS + ", the lines by the client's trace",
            lines(sent, received.subList(tickets, tickets + replies))));
    List<Entry> end = new ArrayList<>(sent.stream().filter(Entry::isCloseNotify).toList());
    end.addAll(received.subList(tickets + replies, received.size()));
    steps.add(new Step("The end", "RFC 8446 section 6.1", records(end)));
    return steps;
  }

  private List<Step> data(Tap.Talk talk) {
    TlsTalk tls = TlsTalk.of(talk, 0, 0);
    List<Step> steps = new ArrayList<>(handshake("Data connection: ", tls));
    List<Entry> sent = tls.rest(Side.CLIENT);
    if (sent.get(0).plain() != TEXT.length()) {
      throw new IllegalStateException("the file is a record of " + sent.get(0).plain());
    }
    List<String> rows = new ArrayList<>(records(sent));
    rows.addAll(records(tls.rest(Side.SERVER)));
    steps.add(new Step("Data connection: the file", RECORDS, rows));
    return steps;
  }

  private static List<Step> handshake(String where, TlsTalk tls) {
    ClientHello hello =
        new ClientHelloPeek(32 * 1024).peek(Unpooled.wrappedBuffer(tls.clientHello().octets()));
    String seen = hello.offersTicket() ? ", it offers a ticket" : ", it offers no ticket";
    return List.of(
        new Step(
            where + "ClientHello",
            "RFC 8446 section 4.1.2",
            record(tls.clientHello(), ", read as ClientHello" + seen, TlsFields::clientHello)),
        new Step(
            where + "ServerHello",
            "RFC 8446 section 4.1.3",
            record(tls.serverHello(), "", TlsFields::serverHello)),
        new Step(
            where + "the rest of the server's flight",
            "RFC 8446 sections 4.3, 4.4 and D.4",
            records(tls.serverFlight())),
        new Step(
            where + "the client's Finished",
            "RFC 8446 sections 4.4.4 and D.4",
            records(tls.clientFlight())));
  }

  /** What the client's trace has heard since it spoke TLS. */
  private List<String> underTls() {
    int begun = 0;
    while (!trace.get(begun).startsWith("< 234 ")) {
      begun++;
    }
    return trace.subList(begun + 1, trace.size());
  }

  /** Each line of the trace beside the record that carried it, whose length it must have. */
  private List<String> lines(List<Entry> sent, List<Entry> received) {
    Iterator<Entry> commands = sent.iterator();
    Iterator<Entry> replies = received.iterator();
    List<String> rows = new ArrayList<>();
    List<String> open = new ArrayList<>();
    for (String line : underTls()) {
      boolean inner = line.matches("< \\d{3}-.*") && !open.isEmpty();
      open.add(line.substring(inner ? 6 : 2)); // the trace puts the code in front of each line
      boolean command = line.startsWith("> ");
      if (command || line.matches("< \\d{3} .*")) {
        rows.addAll(sealed((command ? commands : replies).next(), open));
        open.clear();
      }
    }
    return rows;
  }

  private static List<String> sealed(Entry entry, List<String> lines) {
    int octets = lines.stream().mapToInt(line -> line.length() + 2).sum();
    if (octets != entry.plain() && !lines.get(0).startsWith("PASS ")) {
      throw new IllegalStateException(entry.plain() + " octets cannot be " + lines);
    }
    String last = lines.get(lines.size() - 1);
    String shown =
        lines.size() == 1 ? last : lines.get(0) + " … " + last + ", " + lines.size() + " lines";
    return record(entry, ": " + shown, TlsFields::sealedRecord);
  }

  private static List<String> records(List<Entry> entries) {
    List<String> rows = new ArrayList<>();
    entries.forEach(entry -> rows.addAll(record(entry, note(entry), TlsFields::sealedRecord)));
    return rows;
  }

  private static String note(Entry entry) {
    return switch (entry.type()) {
      case APPLICATION_DATA ->
          entry.isCloseNotify()
              ? ", 2 octets of plaintext: an alert"
              : ", " + entry.plain() + " octets of plaintext";
      case CHANGE_CIPHER_SPEC -> ", in clear, means nothing";
      default -> "";
    };
  }

  private static List<String> record(Entry entry, String note, Consumer<Fields> reader) {
    Fields fields = new Fields(entry.octets());
    reader.accept(fields);
    List<String> rows = new ArrayList<>();
    rows.add(entry.from().arrow() + note);
    rows.addAll(fields.rows());
    return rows;
  }
}
