package dev.sluice.ftp.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.ftp.FtpServerTls;
import dev.sluice.tls.TlsServerOptions;
import dev.sluice.tls.test.TestCertificates;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Hooks;

/** Clients that break off say nothing new to the log: every error has somebody who waits for it. */
final class DroppedErrorsIT {
  private static final TestCertificates CERTIFICATES = new TestCertificates();
  private static final int BIG = 32 << 20;

  @TempDir private Path root;
  private final List<Throwable> dropped = new CopyOnWriteArrayList<>();

  @BeforeEach
  void listen() {
    Hooks.onErrorDropped(dropped::add);
  }

  @AfterEach
  void stopListening() {
    Hooks.resetOnErrorDropped();
  }

  @Test
  void aResetInTheMiddleOfADownload() throws IOException {
    Files.write(root.resolve("f"), new byte[BIG]);
    try (TestServer server = new TestServer(root);
        FtpTalk talk = server.login()) {
      Socket data = talk.passive();
      assertThat(talk.say("RETR f").code()).isIn(125, 150);
      data.getInputStream().readNBytes(100_000);
      reset(data);
      talk.expect(426);
      talk.expect(200, "NOOP");
    }
    assertThat(dropped).isEmpty();
  }

  @Test
  void aResetInTheMiddleOfADownloadThatTheServerChangesOnItsWay() throws IOException {
    Files.write(root.resolve("f"), new byte[BIG]);
    try (TestServer server = new TestServer(root);
        FtpTalk talk = server.login()) {
      talk.expect(200, "TYPE A");
      Socket data = talk.passive();
      assertThat(talk.say("RETR f").code()).isIn(125, 150);
      data.getInputStream().readNBytes(100_000);
      reset(data);
      talk.expect(426);
      talk.expect(200, "NOOP");
    }
    assertThat(dropped).isEmpty();
  }

  @Test
  void aResetInsteadOfAnEndBehindADownload() throws IOException {
    Files.write(root.resolve("f"), new byte[1000]);
    try (TestServer server = new TestServer(root);
        FtpTalk talk = server.login()) {
      for (int i = 0; i < 20; i++) {
        Socket data = talk.passive();
        assertThat(talk.say("RETR f").code()).isIn(125, 150);
        assertThat(data.getInputStream().readAllBytes()).hasSize(1000);
        talk.expect(226);
        reset(data);
      }
      talk.expect(200, "NOOP");
    }
    assertThat(dropped).isEmpty();
  }

  @Test
  void aSessionThatIsGoneInTheMiddleOfADownload() throws IOException {
    Files.write(root.resolve("f"), new byte[BIG]);
    try (TestServer server = new TestServer(root)) {
      FtpTalk talk = server.login();
      Socket data = talk.passive();
      assertThat(talk.say("RETR f").code()).isIn(125, 150);
      data.getInputStream().readNBytes(100_000);
      talk.hangUp();
      reset(data);
    }
    assertThat(dropped).isEmpty();
  }

  @Test
  void aResetInTheMiddleOfAnUpload() throws IOException {
    try (TestServer server = new TestServer(root);
        FtpTalk talk = server.login()) {
      Socket data = talk.passive();
      assertThat(talk.say("STOR f").code()).isIn(125, 150);
      data.getOutputStream().write(new byte[1 << 20]);
      reset(data);
      talk.expect(426);
      talk.expect(200, "NOOP");
    }
    assertThat(dropped).isEmpty();
  }

  @Test
  void aResetInTheMiddleOfADownloadOverTls() throws IOException {
    Files.write(root.resolve("f"), new byte[BIG]);
    SSLContext context = CERTIFICATES.context(null);
    try (TestServer server = secured();
        FtpTalk talk = server.connect().secured(context).login("ann", "secret")) {
      Socket raw = talk.passive();
      talk.send("RETR f");
      assertThat(talk.hear().code()).isIn(125, 150);
      talk.secure(context, raw).getInputStream().readNBytes(100_000);
      reset(raw);
      talk.expect(426);
      talk.expect(200, "NOOP");
    }
    assertThat(dropped).isEmpty();
  }

  @Test
  void aResetInsteadOfAnEndBehindADownloadOverTls() throws IOException {
    Files.write(root.resolve("f"), new byte[1000]);
    SSLContext context = CERTIFICATES.context(null);
    try (TestServer server = secured();
        FtpTalk talk = server.connect().secured(context).login("ann", "secret")) {
      for (int i = 0; i < 20; i++) {
        Socket raw = talk.passive();
        talk.send("RETR f");
        assertThat(talk.hear().code()).isIn(125, 150);
        assertThat(talk.secure(context, raw).getInputStream().readAllBytes()).hasSize(1000);
        talk.expect(226);
        reset(raw);
      }
      talk.expect(200, "NOOP");
    }
    assertThat(dropped).isEmpty();
  }

  private TestServer secured() {
    FtpServerTls tls = FtpServerTls.explicit(TlsServerOptions.of(CERTIFICATES.local()));
    return new TestServer(root, server -> server.tls(tls));
  }

  private static void reset(Socket data) throws IOException {
    data.setSoLinger(true, 0);
    data.close();
  }
}
