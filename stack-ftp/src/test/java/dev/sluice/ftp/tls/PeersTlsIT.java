package dev.sluice.ftp.tls;

import static dev.sluice.ftp.client.RealServers.PATIENCE;
import static dev.sluice.ftp.client.RealServers.buffers;
import static dev.sluice.ftp.client.RealServers.collect;
import static dev.sluice.ftp.client.RealServers.connect;
import static dev.sluice.ftp.client.RealServers.octets;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.ByteRange;
import dev.sluice.api.FileEntry;
import dev.sluice.api.ProtectionRefused;
import dev.sluice.api.RemotePath;
import dev.sluice.api.WriteMode;
import dev.sluice.api.observe.SessionEvent;
import dev.sluice.ftp.DataMode;
import dev.sluice.ftp.FtpSecurity;
import dev.sluice.ftp.FtpSession;
import dev.sluice.ftp.peer.ServerPeer;
import dev.sluice.ftp.tls.SecuredPeers.Way;
import dev.sluice.test.Conforms;
import dev.sluice.tls.TlsProvider;
import dev.sluice.tls.session.TlsVersion;
import io.netty.buffer.ByteBufUtil;
import java.security.MessageDigest;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;

/** Servers that people use, over TLS, as strict as they can be made. */
final class PeersTlsIT {
  private static final int BIG = 64 << 20;
  private static final RemotePath FILE = RemotePath.of("/file.bin");

  private final List<SessionEvent> events = new CopyOnWriteArrayList<>();

  static Stream<Way> longWays() {
    return SecuredPeers.longWays();
  }

  static Stream<Way> ways() {
    return SecuredPeers.ways();
  }

  /** Each server once, each version and start at least once. */
  static Stream<Way> someWays() {
    return SecuredPeers.someWays();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("longWays")
  @Conforms({"FTP-209", "FTP-210", "FTP-215", "TLS-049", "TLS-050", "TLS-051"})
  void aHundredFilesGoThereInARowAndAHundredComeBack(Way way) {
    try (ServerPeer server = way.serve()) {
      FtpSession session = connect(way.client(server, events));
      for (int i = 0; i < way.files(); i++) {
        RemotePath file = RemotePath.of("/f" + i);
        session.write(file, WriteMode.replace(), buffers(octets(i * 99), 4096)).block(PATIENCE);
      }
      assertThat(session.list(RemotePath.root()).map(FileEntry::name).collectList().block(PATIENCE))
          .hasSize(way.files());
      for (int i = 0; i < way.files(); i++) {
        RemotePath file = RemotePath.of("/f" + i);
        assertThat(collect(session.read(file, ByteRange.all()))).isEqualTo(octets(i * 99));
      }
      session.close().block(PATIENCE);
      assertResumed(way);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("ways")
  @Conforms({"TLS-045", "TLS-046"})
  void twoSessionsWithOneHostTakeTurnsAndKeepTheirTicketsApart(Way way) {
    try (ServerPeer server = way.serve()) {
      FtpSession one = connect(way.client(server, events));
      FtpSession two = connect(way.client(server, events));
      for (int i = 0; i < 3; i++) {
        for (FtpSession session : List.of(one, two)) {
          session.write(FILE, WriteMode.replace(), buffers(octets(5000 + i), 4096)).block(PATIENCE);
          assertThat(collect(session.read(FILE, ByteRange.all()))).isEqualTo(octets(5000 + i));
        }
      }
      Flux.merge(names(one), names(two), names(one), names(two)).blockLast(PATIENCE);
      one.close().block(PATIENCE);
      two.close().block(PATIENCE);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("someWays")
  @Conforms("FTP-214")
  void theClientOfFtpIsTheClientOfTlsInActiveModeToo(Way way) {
    try (ServerPeer server = way.serve()) {
      FtpSession session =
          connect(way.client(server, events).data(d -> d.withMode(DataMode.active())));
      for (int i = 1; i < 4; i++) {
        byte[] content = octets(i * 100_000);
        session.write(FILE, WriteMode.replace(), buffers(content, 16384)).block(PATIENCE);
        assertThat(collect(session.read(FILE, ByteRange.all()))).isEqualTo(content);
      }
      assertThat(names(session).collectList().block(PATIENCE)).containsExactly("file.bin");
      session.close().block(PATIENCE);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("someWays")
  @Conforms({"FTP-221", "TLS-033"})
  void aBigFileGoesThereAndComesBackUnchanged(Way way) throws Exception {
    try (ServerPeer server = way.serve()) {
      FtpSession session = connect(way.client(server, events));
      byte[] content = octets(BIG);
      session.write(FILE, WriteMode.replace(), buffers(content, 65536)).block(PATIENCE);
      assertThat(server.root().resolve("file.bin")).hasSize(BIG);
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      session
          .read(FILE, ByteRange.all())
          .doOnNext(
              buffer -> {
                digest.update(ByteBufUtil.getBytes(buffer));
                buffer.release();
              })
          .blockLast(PATIENCE);
      assertThat(digest.digest()).isEqualTo(MessageDigest.getInstance("SHA-256").digest(content));
      session.close().block(PATIENCE);
    }
  }

  /** Its tickets for TLS 1.2 claim to live for 68 years, which the provider does not believe. */
  @Test
  @Conforms({"FTP-212", "FTP-215"})
  void vsftpdRefusesTls12OfTheJdkWhichCannotResumeItAndTheErrorSaysWhy() {
    Way way = SecuredPeers.explicit("vsftpd", TlsProvider.SUN_JSSE, TlsVersion.TLS_1_2);
    try (ServerPeer server = way.serve()) {
      FtpSession session = connect(way.client(server, events));
      assertThatThrownBy(() -> names(session).blockLast(PATIENCE))
          .isInstanceOf(ProtectionRefused.class)
          .hasMessageContaining("522");
      session.close().block(PATIENCE);
    }
  }

  @Test
  @Conforms("TLS-051")
  void resumptionThatIsRequiredAndThatTheServerDeclinesFailsTheTransfer() {
    Way way = SecuredPeers.explicit("pure-ftpd", TlsProvider.SUN_JSSE, TlsVersion.TLS_1_3);
    try (ServerPeer server = way.serve()) {
      FtpSession session =
          connect(
              way.client(server, events)
                  .security(usual -> usual.withResumption(FtpSecurity.Resumption.REQUIRED)));
      assertThatThrownBy(() -> names(session).blockLast(PATIENCE))
          .isInstanceOf(ProtectionRefused.class)
          .hasMessageContaining("did not go on from the TLS session");
      session.close().block(PATIENCE);
    }
  }

  private static Flux<String> names(FtpSession session) {
    return session.list(RemotePath.root()).map(FileEntry::name);
  }

  /** All data connections resume but those of servers that decline. */
  private void assertResumed(Way way) {
    List<SessionEvent.Secured> secured =
        events.stream()
            .filter(SessionEvent.Secured.class::isInstance)
            .map(SessionEvent.Secured.class::cast)
            .toList();
    assertThat(secured.stream().filter(SessionEvent.Secured::resumed).count())
        .isGreaterThanOrEqualTo(way.isResumable() ? 2 * way.files() + 1 : 0)
        .isLessThan(way.isResumable() ? Long.MAX_VALUE : 1);
  }
}
