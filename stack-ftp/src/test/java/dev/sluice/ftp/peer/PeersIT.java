package dev.sluice.ftp.peer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.test.peer.Peers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The real programs work with each other, so that a failure elsewhere is ours. */
@DisplayName("Real peers")
final class PeersIT {
  private static final int SIZE = 1 << 20;

  @TempDir private Path directory;

  @ParameterizedTest(name = "{0}")
  @MethodSource("servers")
  void serverTakesAFileFromCurlAndGivesItBack(
      String name, PeerOptions options, Function<PeerOptions, ServerPeer> start)
      throws IOException {
    Peers.require("curl");
    requireServer(name);
    long begin = System.nanoTime();
    try (ServerPeer server = start.apply(options)) {
      long ready = System.nanoTime();
      exchange(new Curl(FtpTarget.of(server)), server, "file.bin");
      System.out.printf(
          "%-10s %-9s start %4d ms, 1 MiB both ways %4d ms%n",
          name, server.host(), (ready - begin) / 1_000_000, millisSince(ready));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("clients")
  void clientGivesAFileToVsftpdAndTakesItBack(
      String name, PeerOptions options, Function<FtpTarget, ClientPeer> client) throws IOException {
    Peers.require("vsftpd");
    Peers.require(name.split(" ", 2)[0]);
    try (ServerPeer server = Vsftpd.start(options)) {
      long begin = System.nanoTime();
      exchange(client.apply(FtpTarget.of(server)), server, "a b.bin");
      System.out.printf("%-18s list, 1 MiB both ways %4d ms%n", name, millisSince(begin));
    }
  }

  @Test
  void lftpMirrorsATreeToVsftpdAndBack() throws IOException {
    Peers.require("vsftpd", "lftp");
    try (ServerPeer server = Vsftpd.start(PeerOptions.DEFAULT)) {
      Lftp lftp = new Lftp(FtpTarget.of(server));
      lftp.mirrorUp(tree(), "/copy", 2).requireSuccess();
      lftp.mirrorDown("/copy", directory.resolve("back"), 2).requireSuccess();
      assertThat(directory.resolve("back/sub/a \"b\" gr\u00fc\u00df.txt")).hasContent("two");
    }
  }

  // rclone takes only 550 for a missing directory; pyftpdlib answers MLSD with 501.
  @Test
  void rcloneSyncsATreeToProFtpdAndBack() throws IOException {
    Peers.require("proftpd", "rclone");
    try (ServerPeer server = ProFtpd.start(PeerOptions.DEFAULT)) {
      Rclone rclone = new Rclone(FtpTarget.of(server));
      rclone.syncUp(tree(), "/copy").requireSuccess();
      rclone.syncDown("/copy", directory.resolve("back")).requireSuccess();
      assertThat(directory.resolve("back/sub/a \"b\" gr\u00fc\u00df.txt")).hasContent("two");
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refusers")
  void serverRefusesWhatItMustGoWithout(String name, Function<PeerOptions, ServerPeer> start)
      throws IOException {
    requireServer(name);
    try (ServerPeer server = start.apply(PeerOptions.DEFAULT.lacking("EPSV", "MLSD"));
        RecordedSession session = new RecordedSession(server)) {
      session.login(server.user(), server.password());
      assertThat(session.command("EPSV")).matches("5\\d\\d .*");
      assertThat(session.command("PASV")).startsWith("227 ");
      assertThat(session.command("MLSD")).matches("5\\d\\d .*");
    }
  }

  private static Stream<Arguments> refusers() {
    return Stream.of(
        refuser("vsftpd", Vsftpd::start),
        refuser("proftpd", ProFtpd::start),
        refuser("pyftpdlib", Pyftpdlib::start),
        refuser("apache", ApacheFtpServer::new));
  }

  private static Arguments refuser(String name, Function<PeerOptions, ServerPeer> start) {
    return Arguments.of(name, start);
  }

  private Path tree() throws IOException {
    Path sub = Files.createDirectories(directory.resolve("tree/sub"));
    Files.writeString(directory.resolve("tree/one.txt"), "one");
    Files.writeString(sub.resolve("a \"b\" gr\u00fc\u00df.txt"), "two");
    return directory.resolve("tree");
  }

  private void exchange(ClientPeer client, ServerPeer server, String name) throws IOException {
    byte[] content = new byte[SIZE];
    new Random(1).nextBytes(content);
    Path source = Files.write(directory.resolve("source"), content);
    Path copy = directory.resolve("copy");

    client.upload(source, "/" + name).requireSuccess();
    assertThat(server.root().resolve(name)).as(server.log()).hasBinaryContent(content);
    client.download("/" + name, copy).requireSuccess();
    assertThat(copy).as(server.log()).hasBinaryContent(content);
    assertThat(client.list("/").requireSuccess().stdout()).contains(name);
  }

  private static void requireServer(String name) {
    if (!name.equals("apache")) {
      Peers.require(name);
    }
  }

  private static long millisSince(long nanos) {
    return (System.nanoTime() - nanos) / 1_000_000;
  }

  private static Stream<Arguments> servers() {
    return Stream.of(PeerOptions.DEFAULT, PeerOptions.DEFAULT.onIpv6())
        .flatMap(
            options ->
                Stream.of(
                    server("vsftpd", options, Vsftpd::start),
                    server("proftpd", options, ProFtpd::start),
                    server("pure-ftpd", options, PureFtpd::start),
                    server("pyftpdlib", options, Pyftpdlib::start),
                    server("apache", options, ApacheFtpServer::new)));
  }

  private static Arguments server(
      String name, PeerOptions options, Function<PeerOptions, ServerPeer> start) {
    return Arguments.of(name, options, start);
  }

  private static Stream<Arguments> clients() {
    PeerOptions ipv4 = PeerOptions.DEFAULT;
    PeerOptions ipv6 = ipv4.onIpv6();
    return Stream.of(
        client("curl", ipv4, Curl::new),
        client("curl active", ipv4, target -> new Curl(target.actively())),
        client("curl active v6", ipv6, target -> new Curl(target.actively())),
        client("lftp", ipv4, Lftp::new),
        client("lftp active", ipv4, target -> new Lftp(target.actively())),
        client("lftp v6", ipv6, Lftp::new),
        client("tnftp", ipv4, Tnftp::new),
        client("tnftp active", ipv4, target -> new Tnftp(target.actively())),
        client("tnftp v6", ipv6, Tnftp::new),
        client("ncftp", ipv4, Ncftp::new),
        client("ncftp active", ipv4, target -> new Ncftp(target.actively())),
        client("rclone", ipv4, Rclone::new),
        client("rclone v6", ipv6, Rclone::new),
        client("ftplib", ipv4, Ftplib::new),
        client("ftplib active", ipv4, target -> new Ftplib(target.actively())),
        client("ftplib v6", ipv6, Ftplib::new));
  }

  private static Arguments client(
      String name, PeerOptions options, Function<FtpTarget, ClientPeer> client) {
    return Arguments.of(name, options, client);
  }
}
