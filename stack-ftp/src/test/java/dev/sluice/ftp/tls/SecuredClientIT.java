package dev.sluice.ftp.tls;

import static dev.sluice.ftp.client.RealServers.PATIENCE;
import static dev.sluice.ftp.client.RealServers.buffers;
import static dev.sluice.ftp.client.RealServers.collect;
import static dev.sluice.ftp.client.RealServers.connect;
import static dev.sluice.ftp.client.RealServers.octets;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.ByteRange;
import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.api.PeerMisbehaved;
import dev.sluice.api.PeerUntrusted;
import dev.sluice.api.ProtectionRefused;
import dev.sluice.api.RemotePath;
import dev.sluice.api.TransferException;
import dev.sluice.api.WriteMode;
import dev.sluice.api.observe.SessionEvent;
import dev.sluice.ftp.FtpSecurity;
import dev.sluice.ftp.FtpServerTls;
import dev.sluice.ftp.FtpSession;
import dev.sluice.ftp.FtpTimeouts;
import dev.sluice.ftp.client.FtpClient;
import dev.sluice.ftp.client.ScriptedServer;
import dev.sluice.ftp.server.TestServer;
import dev.sluice.test.Conforms;
import dev.sluice.tls.KeyMaterial;
import dev.sluice.tls.TlsClientOptions;
import dev.sluice.tls.TlsServerOptions;
import dev.sluice.tls.test.TestCertificates;
import dev.sluice.tls.test.TestCertificates.Wish;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers, and whoever sits in front of them, that would like to see what is protected. */
final class SecuredClientIT {
  private static final TestCertificates CERTIFICATES = SecuredPeers.CERTIFICATES;
  private static final Wish LOCAL = Wish.named("localhost", "127.0.0.1");
  private static final RemotePath FILE = RemotePath.of("/f");

  @TempDir private Path root;
  private final List<SessionEvent> events = new CopyOnWriteArrayList<>();

  @ParameterizedTest
  @ValueSource(strings = {"502 no TLS here", "530 log in first", "421 go away", "431 not now"})
  @Conforms({"FTP-206", "FTP-211"})
  void cve202122946RefusedTlsNeverLeadsToAPasswordInClear(String refusal) throws Exception {
    try (ScriptedServer server =
        new ScriptedServer(
            talk -> {
              talk.say("220 ready");
              talk.answer(refusal);
              talk.untilGone();
            })) {
      assertThatThrownBy(() -> explicit(server.port()).connect().block(PATIENCE))
          .isInstanceOf(TransferException.class);
      server.finish();
      assertThat(server.heard()).first().isEqualTo("AUTH TLS");
      assertThat(server.heard()).noneMatch(line -> line.matches("(USER|PASS).*"));
    }
  }

  @Test
  @Conforms("FTP-206")
  void cve202122946AGreetingThatLogsInIsNoReasonToGoWithoutTls() throws Exception {
    try (ScriptedServer server =
        new ScriptedServer(
            talk -> {
              talk.say("230 you are in");
              talk.answer("502 no TLS here");
              talk.untilGone();
            })) {
      assertThatThrownBy(() -> explicit(server.port()).connect().block(PATIENCE))
          .isInstanceOf(TransferException.class);
      server.finish();
      assertThat(server.heard()).noneMatch(line -> line.matches("(USER|PASS|LIST|MLSD).*"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"230 injected", "2", "220-a\r\n220 b"})
  @Conforms({"FTP-205", "TLS-064"})
  void cve202122947WhatComesBehindTheReplyToAuthEndsTheSession(String injected) throws Exception {
    try (ScriptedServer server =
        new ScriptedServer(
            talk -> {
              talk.say("220 ready");
              talk.hear();
              talk.say("234 go", injected);
              talk.untilGone();
            })) {
      assertThatThrownBy(() -> explicit(server.port()).connect().block(PATIENCE))
          .isInstanceOf(PeerMisbehaved.class);
      server.finish();
      assertThat(server.heard().get(0)).isEqualTo("AUTH TLS");
      assertThat(String.join("", server.heard())).doesNotContain("PASS");
    }
  }

  @Test
  @Conforms("FTP-206")
  void whereTlsIsOnlyWishedForTheSessionGoesOnInClear() throws Exception {
    try (ScriptedServer server =
        new ScriptedServer(
            talk -> {
              talk.say("220 ready");
              talk.answer("502 no TLS", "502 no SSL", "331 password?", "230 in", "502 no FEAT");
              talk.untilGone();
            })) {
      FtpSession session =
          connect(
              client(
                  server.port(),
                  FtpSecurity.explicit(tls())
                      .withStart(FtpSecurity.Start.DANGEROUSLY_WHERE_OFFERED)));
      assertThat(server.heard()).startsWith("AUTH TLS", "AUTH SSL", "USER ann");
      session.close().block(PATIENCE);
    }
  }

  static Stream<Arguments> badCertificates() {
    return Stream.of(
        Arguments.of("for another host", CERTIFICATES.issue(Wish.named("other.example"))),
        Arguments.of(
            "with the host as common name only",
            CERTIFICATES.issue(Wish.named().withCommonName("localhost"))),
        Arguments.of("that is over", CERTIFICATES.issue(LOCAL.expired())),
        Arguments.of("signed by nobody", TestCertificates.selfSigned(LOCAL)),
        Arguments.of("of a stranger", new TestCertificates().issue(LOCAL)),
        Arguments.of("with a short key", CERTIFICATES.issue(LOCAL.withKeys("RSA", 1024))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("badCertificates")
  @Conforms({"TLS-028", "TLS-068", "TLS-069"})
  void aServerWithACertificateThatProvesNothingIsToldNothing(String name, KeyMaterial shown) {
    FtpServerTls policy = FtpServerTls.explicit(TlsServerOptions.of(shown));
    try (TestServer server = new TestServer(root, s -> s.tls(policy).observer(events::add))) {
      assertThatThrownBy(() -> explicit(server.address().getPort()).connect().block(PATIENCE))
          .as(name)
          .isInstanceOf(PeerUntrusted.class);
      assertThat(events).noneMatch(SessionEvent.LoggedIn.class::isInstance);
    }
  }

  @Test
  @Conforms("TLS-068")
  void theHostNameCanBeIgnoredByACallThatSaysWhatItIs() {
    FtpServerTls policy =
        FtpServerTls.explicit(TlsServerOptions.of(CERTIFICATES.issue(Wish.named("other.example"))));
    try (TestServer server = new TestServer(root, s -> s.tls(policy))) {
      FtpSession session =
          connect(
              client(
                  server.address().getPort(),
                  FtpSecurity.explicit(tls().dangerouslyIgnoreHostName())));
      session.write(FILE, WriteMode.replace(), buffers(octets(10), 10)).block(PATIENCE);
      session.close().block(PATIENCE);
    }
  }

  @Test
  @Conforms({"FTP-209", "FTP-212"})
  void aServerThatDoesNotProtectDataIsRefusedBehindTheLogin() throws Exception {
    SSLContext context = CERTIFICATES.context(LOCAL);
    try (ScriptedServer server =
        new ScriptedServer(
            talk -> {
              talk.say("220 ready");
              talk.answer("234 go");
              talk.startTls(context);
              talk.answer("200 PBSZ=0", "534 no", "331 password?", "230 in");
              talk.answer("200 PBSZ=0", "534 no");
              talk.untilGone();
            })) {
      assertThatThrownBy(() -> explicit(server.port()).connect().block(PATIENCE))
          .isInstanceOf(ProtectionRefused.class);
      assertThat(server.heard()).noneMatch(line -> line.matches("(LIST|MLSD|RETR|STOR|EPSV).*"));
    }
  }

  @Test
  @Conforms({"FTP-221", "TLS-034", "TLS-035"})
  void aDownloadThatEndsWithoutCloseNotifyIsAnErrorAlsoWhenTheServerSaysDone() throws Exception {
    try (ScriptedServer server = cutDownload("500 no SIZE")) {
      FtpSession session = connect(explicit(server.port()));
      assertThatThrownBy(() -> collect(session.read(FILE, ByteRange.all())))
          .isInstanceOf(TransferException.class)
          .hasMessageContaining("close_notify");
    }
  }

  @Test
  void aServerThatKnowsOnlyTheOldNameOfTlsIsAskedForThat() throws Exception {
    SSLContext context = CERTIFICATES.context(LOCAL);
    try (ScriptedServer server =
        new ScriptedServer(
            talk -> {
              talk.say("220 ready");
              talk.answer("504 no TLS", "234 go");
              talk.startTls(context);
              talk.answer("200 PBSZ=0", "200 private", "331 password?", "230 in", "502 no FEAT");
              talk.untilGone();
            })) {
      connect(explicit(server.port())).close().block(PATIENCE);
      assertThat(server.heard()).startsWith("AUTH TLS", "AUTH SSL", "PBSZ 0");
    }
  }

  @Test
  @Conforms("FTP-158")
  void whatAServerCanDoIsAskedInsideTlsAndBehindTheLogin() throws Exception {
    SSLContext context = CERTIFICATES.context(LOCAL);
    try (ScriptedServer server =
        new ScriptedServer(
            talk -> {
              talk.say("220 ready");
              talk.answer("234 go");
              talk.startTls(context);
              talk.answer("200 PBSZ=0", "200 private", "331 password?", "230 in", "502 no FEAT");
              talk.untilGone();
            })) {
      connect(explicit(server.port())).close().block(PATIENCE);
      assertThat(server.heard())
          .startsWith("AUTH TLS", "PBSZ 0", "PROT P", "USER ann")
          .containsOnlyOnce("FEAT");
      assertThat(server.heard().indexOf("FEAT")).as("behind PASS").isEqualTo(5);
    }
  }

  @Test
  @Conforms("TLS-035")
  void aDownloadWithoutCloseNotifyIsWholeWhenTheProtectedSizeIsWhatCame() throws Exception {
    try (ScriptedServer server = cutDownload("213 1000")) {
      FtpSession session = connect(explicit(server.port()));
      assertThat(collect(session.read(FILE, ByteRange.all()))).hasSize(1000);
      session.close().block(PATIENCE);
    }
  }

  @Test
  @Conforms("TLS-035")
  void aDownloadWithoutCloseNotifyIsCutWhenTheProtectedSizeIsMore() throws Exception {
    try (ScriptedServer server = cutDownload("213 2000")) {
      FtpSession session =
          connect(explicit(server.port()).data(d -> d.withTruncationTolerated(true)));
      assertThatThrownBy(() -> collect(session.read(FILE, ByteRange.all())))
          .isInstanceOfSatisfying(
              FileFailure.class,
              failure -> assertThat(failure.error()).isEqualTo(FileError.INTERRUPTED))
          .hasMessageContaining("2000");
    }
  }

  @Test
  @Conforms("TLS-035")
  void aDownloadWithoutCloseNotifyOrSizeIsTakenWhereTheClientSaysSo() throws Exception {
    try (ScriptedServer server = cutDownload("500 no SIZE")) {
      FtpSession session =
          connect(explicit(server.port()).data(d -> d.withTruncationTolerated(true)));
      assertThat(collect(session.read(FILE, ByteRange.all()))).hasSize(1000);
    }
  }

  @Test
  @Conforms("FTP-221")
  void aDownloadThatEndsWithCloseNotifyIsWhole() throws Exception {
    try (ScriptedServer server = download(CERTIFICATES.context(LOCAL), null, "")) {
      FtpSession session = connect(explicit(server.port()));
      assertThat(collect(session.read(FILE, ByteRange.all()))).hasSize(1000);
    }
  }

  @Test
  @Conforms({"FTP-216", "TLS-070"})
  void aDataConnectionWithAnotherCertificateIsRefusedThoughItIsValidToo() throws Exception {
    SSLContext other = CERTIFICATES.context(LOCAL);
    try (ScriptedServer server = download(CERTIFICATES.context(LOCAL), other, "")) {
      FtpSession session = connect(explicit(server.port()));
      assertThatThrownBy(() -> collect(session.read(FILE, ByteRange.all())))
          .isInstanceOf(PeerUntrusted.class);
    }
  }

  @Test
  @Conforms({"FTP-218", "TLS-066", "TLS-067"})
  void theControlConnectionCanGoBackToClearWhileDataStayProtected() {
    FtpServerTls policy =
        FtpServerTls.explicit(TlsServerOptions.of(CERTIFICATES.local())).withClearingAllowed(true);
    try (TestServer server = new TestServer(root, s -> s.tls(policy).observer(events::add))) {
      FtpSession session =
          connect(
              client(
                  server.address().getPort(),
                  FtpSecurity.explicit(tls()).dangerouslyClearControl()));
      for (int i = 1; i < 5; i++) {
        session.write(FILE, WriteMode.replace(), buffers(octets(i * 999), 100)).block(PATIENCE);
        assertThat(collect(session.read(FILE, ByteRange.all()))).isEqualTo(octets(i * 999));
      }
      session.close().block(PATIENCE);
      assertThat(events)
          .filteredOn(event -> event instanceof SessionEvent.Secured secured && secured.resumed())
          .hasSize(8);
    }
  }

  @Test
  @Conforms("FTP-208")
  void dataGoInClearWhereTheClientSaysSo() {
    FtpServerTls policy = FtpServerTls.explicit(TlsServerOptions.of(CERTIFICATES.local()));
    try (TestServer server = new TestServer(root, s -> s.tls(policy).observer(events::add))) {
      FtpSession session =
          connect(
              client(
                  server.address().getPort(), FtpSecurity.explicit(tls()).dangerouslyClearData()));
      session.write(FILE, WriteMode.replace(), buffers(octets(1000), 100)).block(PATIENCE);
      assertThat(collect(session.read(FILE, ByteRange.all()))).isEqualTo(octets(1000));
      session.close().block(PATIENCE);
      assertThat(events).filteredOn(SessionEvent.Secured.class::isInstance).hasSize(1);
    }
  }

  /** Of a thousand octets, without close_notify; {@code size} is the reply to SIZE. */
  private static ScriptedServer cutDownload(String size) throws IOException {
    return download(CERTIFICATES.context(LOCAL), null, size);
  }

  private static ScriptedServer download(
      SSLContext context, @org.jspecify.annotations.Nullable SSLContext ofData, String sizeIfCut)
      throws IOException {
    return new ScriptedServer(
        talk -> {
          talk.say("220 ready");
          talk.answer("234 go");
          talk.startTls(context);
          talk.answer("200 PBSZ=0", "200 private", "331 password?", "230 in", "502 no FEAT");
          talk.offerData();
          talk.hear();
          talk.say("150 coming");
          Socket raw = talk.data();
          SSLSocket data = talk.secure(ofData == null ? context : ofData, raw);
          try {
            data.getOutputStream().write(new byte[1000]);
            if (sizeIfCut.isEmpty()) {
              data.shutdownOutput();
              talk.say("226 done");
            } else {
              raw.shutdownOutput();
              talk.say("226 done");
              talk.answer(sizeIfCut);
            }
          } catch (IOException refused) {
            talk.say("522 refused");
          }
          talk.untilGone();
          raw.close();
        });
  }

  private static FtpClient explicit(int port) {
    return client(port, FtpSecurity.explicit(tls()));
  }

  private static FtpClient client(int port, FtpSecurity security) {
    return FtpClient.create("localhost")
        .port(port)
        .credentials("ann", "secret")
        .timeouts(t -> FtpTimeouts.all(Duration.ofSeconds(10)))
        .security(security);
  }

  private static TlsClientOptions tls() {
    return TlsClientOptions.DEFAULT.withVerification(CERTIFICATES.verification());
  }
}
