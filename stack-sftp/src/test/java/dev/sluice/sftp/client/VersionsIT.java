package dev.sluice.sftp.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.AttributeChange;
import dev.sluice.api.ByteRange;
import dev.sluice.api.Capability;
import dev.sluice.api.ChecksumAlgorithm;
import dev.sluice.api.FileEntry;
import dev.sluice.api.FileKind;
import dev.sluice.api.RemotePath;
import dev.sluice.api.RunningChecksum;
import dev.sluice.api.WriteMode;
import dev.sluice.sftp.SftpSession;
import dev.sluice.sftp.SftpVersion;
import dev.sluice.sftp.SftpVersions;
import dev.sluice.sftp.peer.client.MinaServer;
import dev.sluice.test.Conforms;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Flux;

/** Versions 3 to 6 with Apache MINA's server, which speaks them all. */
final class VersionsIT {
  private static final Duration WAIT = Duration.ofSeconds(30);
  private static final Instant THEN = Instant.parse("2001-02-03T04:05:06Z");
  private static final RemotePath FILE = RemotePath.of("/file");
  private static final RemotePath OTHER = RemotePath.of("/other");

  private static MinaServer server;

  @BeforeAll
  static void start() {
    server = MinaServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void clear() {
    server.clear();
  }

  @ParameterizedTest
  @EnumSource
  @Conforms({"SFTP-100", "SFTP-108"})
  void filesAreWrittenReplacedAndRead(SftpVersion version) {
    SftpSession session = session(version);
    byte[] content = DownloadTest.octets(3_000_000);

    assertThat(session.version()).isEqualTo(version);
    write(session, FILE, new byte[10]);
    write(session, FILE, content);

    assertThat(read(session, FILE)).isEqualTo(content);
    session.close().block(WAIT);
  }

  @ParameterizedTest
  @EnumSource
  @Conforms({"SFTP-102", "SFTP-104", "SFTP-106", "SFTP-107"})
  void attributesAreToldAndSet(SftpVersion version) {
    SftpSession session = session(version);
    write(session, FILE, new byte[1234]);
    session.createDirectory(OTHER).block(WAIT);

    session
        .setAttributes(FILE, AttributeChange.none().withModified(THEN).withPermissions(0640))
        .block(WAIT);
    FileEntry found = session.stat(FILE).block(WAIT);

    assertThat(found.size()).isEqualTo(1234);
    assertThat(found.attributes().modified()).isEqualTo(THEN);
    assertThat(found.attributes().permissions()).isEqualTo(0640);
    assertThat(
            session
                .list(RemotePath.root())
                .collectMap(FileEntry::name, FileEntry::kind)
                .block(WAIT))
        .containsOnlyKeys("file", "other")
        .containsEntry("file", FileKind.FILE)
        .containsEntry("other", FileKind.DIRECTORY);
    session.close().block(WAIT);
  }

  @ParameterizedTest
  @EnumSource
  @Conforms({"SFTP-111", "SFTP-112", "SFTP-044"})
  void namesAreChangedAndLinked(SftpVersion version) {
    SftpSession session = session(version);
    write(session, FILE, new byte[] {1});
    write(session, OTHER, new byte[] {2});

    session.rename(FILE, OTHER).block(WAIT);
    session.createSymbolicLink(FILE, "other").block(WAIT);

    assertThat(read(session, OTHER)).containsExactly(1);
    assertThat(session.readLink(FILE).block(WAIT)).endsWith("other");
    session.deleteFile(FILE).block(WAIT);
    session.deleteFile(OTHER).block(WAIT);
    assertThat(session.list(RemotePath.root()).count().block(WAIT)).isZero();
    session.close().block(WAIT);
  }

  @ParameterizedTest
  @EnumSource
  @Conforms({"SFTP-092", "SFTP-095", "SFTP-096"})
  void theServerCopiesAndComputesDigests(SftpVersion version) {
    SftpSession session = session(version);
    byte[] content = DownloadTest.octets(100_000);
    write(session, FILE, content);

    assertThat(session.capabilities()).contains(Capability.COPY, Capability.CHECKSUM);
    session.copy(FILE, OTHER).block(WAIT);

    assertThat(read(session, OTHER)).isEqualTo(content);
    assertThat(session.checksum(OTHER, ChecksumAlgorithm.SHA_256, ByteRange.all()).block(WAIT))
        .isEqualTo(
            RunningChecksum.of(ChecksumAlgorithm.SHA_256)
                .update(ByteBuffer.wrap(content))
                .finish());
    session.close().block(WAIT);
  }

  private static SftpSession session(SftpVersion version) {
    return server.client().versions(usual -> SftpVersions.only(version)).connectSftp().block(WAIT);
  }

  private static void write(SftpSession session, RemotePath path, byte[] content) {
    session
        .write(
            path, WriteMode.replace(), Flux.defer(() -> Flux.just(Unpooled.copiedBuffer(content))))
        .block(WAIT);
  }

  private static byte[] read(SftpSession session, RemotePath path) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    session
        .read(path, ByteRange.all())
        .doOnNext(
            buffer -> {
              all.writeBytes(ByteBufUtil.getBytes(buffer));
              buffer.release();
            })
        .then()
        .block(WAIT);
    return all.toByteArray();
  }
}
