package dev.sluice.ftp.tls;

import static dev.sluice.ftp.client.RealServers.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.ConnectFailed;
import dev.sluice.api.RemotePath;
import dev.sluice.ftp.FtpSecurity;
import dev.sluice.ftp.FtpServerTls;
import dev.sluice.ftp.FtpSession;
import dev.sluice.ftp.client.FtpClient;
import dev.sluice.ftp.peer.OpensslTalk;
import dev.sluice.ftp.server.TestServer;
import dev.sluice.test.Conforms;
import dev.sluice.test.OwnThread;
import dev.sluice.test.peer.Peers;
import dev.sluice.tls.TlsClientOptions;
import dev.sluice.tls.TlsServerOptions;
import dev.sluice.tls.test.TestCertificates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What OpenSSL does when it is told to, and few others ever do. */
final class OpensslIT {
  private static final TestCertificates CERTIFICATES = SecuredPeers.CERTIFICATES;
  private static final int UPDATES = 5;

  @TempDir private Path directory;

  @BeforeEach
  void isThere() {
    Peers.require("openssl");
  }

  /** {@code K} asks for an update in return, {@code k} does not. */
  @Test
  @Conforms({"TLS-008", "TLS-009", "TLS-040"})
  void aServerGoesOnBehindTheClientsUpdatesOfKeys() throws IOException {
    Path authority = directory.resolve("authority.pem");
    Files.writeString(authority, TestCertificates.pem(CERTIFICATES.authority()));
    FtpServerTls tls = FtpServerTls.explicit(TlsServerOptions.of(CERTIFICATES.local()));
    Path root = Files.createDirectory(directory.resolve("root"));
    try (TestServer server = new TestServer(root, it -> it.tls(tls));
        OpensslTalk client = OpensslTalk.client(server.address().getPort(), authority, "-tls1_3")) {
      client.say("NOOP");
      client.await("200 OK"); // openssl may have read 1200 octets
      for (int i = 0; i < UPDATES; i++) {
        for (String update : List.of("K", "k")) {
          client.say(update);
          client.await("KEYUPDATE");
          client.say("NOOP");
          client.await("200 OK"); // openssl may have read 1200 octets
        }
      }
    }
  }

  @Test
  @Conforms({"TLS-008", "TLS-009", "TLS-040"})
  void aClientGoesOnBehindTheServersUpdatesOfKeys() {
    try (OpensslTalk server = server("-tls1_3")) {
      int port = server.port();
      CompletableFuture<List<String>> heard =
          CompletableFuture.supplyAsync(() -> serve(server), new OwnThread("openssl-server"));
      FtpSession session = client(port).connectFtp().block(PATIENCE);
      for (int i = 0; i < UPDATES; i++) {
        session.createDirectory(RemotePath.of("/d" + i)).block(PATIENCE);
      }
      session.close().block(PATIENCE);
      assertThat(heard.join()).contains("USER ann", "MKD /d4", "QUIT");
    }
  }

  @Test
  @Conforms("TLS-025")
  void aClientRefusesAServerThatSpeaksTls11Only() {
    try (OpensslTalk server = server("-tls1_1", "-cipher", "ALL:@SECLEVEL=0")) {
      int port = server.port();
      assertThatThrownBy(() -> client(port).connect().block(PATIENCE))
          .isInstanceOf(ConnectFailed.class)
          .hasMessageContaining("protocol_version");
    }
  }

  /** Speaks FTP, each reply behind an update of keys. */
  private static List<String> serve(OpensslTalk server) {
    List<String> heard = new ArrayList<>();
    server.await("CIPHER is");
    server.line();
    server.say("220 ready");
    for (String line = ""; !line.equals("QUIT"); line = server.line()) {
      String verb = line.split(" ", 2)[0];
      if (verb.matches("[A-Z]{3,4}")) {
        heard.add(line);
        server.say("K");
        server.await("SSL_do_handshake -> 1");
        server.line();
        server.say(reply(verb));
      }
    }
    heard.add("QUIT");
    server.say("221 bye");
    return heard;
  }

  private static String reply(String verb) {
    return switch (verb) {
      case "USER" -> "331 password?";
      case "PASS" -> "230 in";
      case "MKD" -> "257 \"/d\" made";
      case "FEAT" -> "502 no FEAT";
      default -> "200 ok";
    };
  }

  private OpensslTalk server(String... arguments) {
    TestCertificates.PemFiles files = CERTIFICATES.write(directory);
    return OpensslTalk.server(files.certificate(), files.key(), arguments);
  }

  private static FtpClient client(int port) {
    return FtpClient.create("localhost")
        .port(port)
        .credentials("ann", "secret")
        .security(
            FtpSecurity.implicit(
                TlsClientOptions.DEFAULT.withVerification(CERTIFICATES.verification())));
  }
}
