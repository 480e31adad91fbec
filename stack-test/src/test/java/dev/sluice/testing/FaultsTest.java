package dev.sluice.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.sluice.api.ByteRange;
import dev.sluice.api.FileClient;
import dev.sluice.api.FileEntry;
import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.api.FileSession;
import dev.sluice.api.RemotePath;
import dev.sluice.api.TransferException;
import dev.sluice.sftp.SftpVersion;
import dev.sluice.sftp.SftpVersions;
import dev.sluice.sftp.client.SftpClient;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Mono;

/** Each fault as clients of FTP, FTPS and SFTP meet it. */
final class FaultsTest {
  private static final String SCHEMES = "dev.sluice.testing.TestServersTest#schemes";
  private static final int SIZE = 1 << 20;

  private final InstantTimer timer = new InstantTimer();

  @RegisterExtension final TestServers servers = TestServers.create().timedBy(timer);

  @ParameterizedTest
  @MethodSource(SCHEMES)
  void latencyIsAddedToEveryRoundTrip(String scheme) {
    FileSession session = client(scheme).connect().block(Sessions.LIMIT);
    servers.files().write("/in", "hi");

    servers.latency(Duration.ofMillis(50));
    session.stat(RemotePath.of("/in")).block(Sessions.LIMIT);
    long afterOne = millis();
    session.stat(RemotePath.of("/in")).block(Sessions.LIMIT);

    assertThat(afterOne).isGreaterThanOrEqualTo(50);
    assertThat(millis()).isGreaterThanOrEqualTo(afterOne + 50);
    servers.reset();
    long before = millis();
    session.stat(RemotePath.of("/in")).block(Sessions.LIMIT);
    assertThat(millis()).isEqualTo(before);
    session.close().block(Sessions.LIMIT);
  }

  @ParameterizedTest
  @MethodSource(SCHEMES)
  void whatIsDelayedArrivesWholeAndInOrder(String scheme) {
    servers.latency(Duration.ofMillis(50));

    Sessions.write(client(scheme), "/out", 4 * SIZE);

    assertThat(servers.files().read("/out")).isEqualTo(new byte[4 * SIZE]);
  }

  @ParameterizedTest
  @MethodSource(SCHEMES)
  void aSlowServerTakesTheTimeThatTheOctetsNeed(String scheme) {
    servers.octetsPerSecond(64 * 1024);
    Sessions.write(client(scheme), "/slow", SIZE);
    long written = millis();
    Sessions.read(client(scheme), "/slow");

    assertThat(written).isGreaterThanOrEqualTo(16_000);
    assertThat(millis()).isGreaterThanOrEqualTo(written + 16_000);
  }

  @ParameterizedTest
  @MethodSource(SCHEMES)
  void aDownloadIsCut(String scheme) {
    servers.files().write("/big", new byte[4 * SIZE]);
    servers.cutAfter(SIZE);

    AtomicLong arrived = new AtomicLong();

    Throwable failure =
        catchThrowable(
            () -> Sessions.in(client(scheme), session -> counted(session, "/big", arrived)));

    assertThat(failure)
        .isInstanceOfSatisfying(
            TransferException.class, cut -> assertThat(cut.isTransient()).isTrue());
    assertThat(arrived.get()).isLessThanOrEqualTo(SIZE);
    if (scheme.equals("sftp")) { // a reply over FTP's control connection may come first
      assertThat(arrived.get()).isPositive();
    }
    servers.reset();
    assertThat(Sessions.read(client(scheme), "/big")).isEqualTo(4 * SIZE);
  }

  @ParameterizedTest
  @MethodSource(SCHEMES)
  void anUploadIsCut(String scheme) {
    servers.cutAfter(SIZE);

    assertThat(catchThrowable(() -> Sessions.write(client(scheme), "/big", 4 * SIZE)))
        .isInstanceOfSatisfying(
            TransferException.class, cut -> assertThat(cut.isTransient()).isTrue());
  }

  @ParameterizedTest
  @MethodSource(SCHEMES)
  void onlyTheFirstConnectionIsCutIfOneIs(String scheme) {
    servers.files().write("/big", new byte[4 * SIZE]);
    FileClient client = client(scheme);
    servers.cutOnceAfter(SIZE);

    assertThatThrownBy(() -> Sessions.read(client, "/big")).isInstanceOf(TransferException.class);
    assertThat(Sessions.read(client, "/big")).isEqualTo(4 * SIZE);
  }

  @ParameterizedTest
  @MethodSource(SCHEMES)
  void theDiskIsFull(String scheme) {
    // version 3 of SFTP has one code for all of this
    FileClient client =
        client(scheme) instanceof SftpClient sftp
            ? sftp.versions(usual -> SftpVersions.only(SftpVersion.V6))
            : client(scheme);
    servers.diskFullAfter(SIZE);
    Sessions.write(client, "/first", SIZE / 2);

    assertThatThrownBy(() -> Sessions.write(client, "/second", SIZE))
        .isInstanceOfSatisfying(
            FileFailure.class, full -> assertThat(full.error()).isEqualTo(FileError.NO_SPACE));
    assertThat(servers.files().read("/first")).hasSize(SIZE / 2);
    servers.reset();
    Sessions.write(client, "/second", SIZE);
  }

  @ParameterizedTest
  @MethodSource(SCHEMES)
  void aPathAndAllBelowItAreRefused(String scheme) {
    servers.files().write("/closed/file", "1");
    servers.files().write("/open", "2");
    servers.refuse("/closed");

    assertThatThrownBy(() -> Sessions.read(client(scheme), "/closed/file"))
        .isInstanceOfSatisfying(
            FileFailure.class,
            refused -> assertThat(refused.error()).isEqualTo(FileError.PERMISSION_DENIED));
    assertThat(Sessions.read(client(scheme), "/open")).isEqualTo(1);
    assertThat(servers.files().text("/closed/file")).isEqualTo("1");
  }

  @ParameterizedTest
  @MethodSource(SCHEMES)
  void theSecondDirectoryFailsAndNoOther(String scheme) {
    servers.fail(StorageVerb.CREATE_DIRECTORY, 2, FileError.PERMISSION_DENIED);
    FileSession session = client(scheme).connect().block(Sessions.LIMIT);

    session.createDirectory(RemotePath.of("/one")).block(Sessions.LIMIT);
    assertThatThrownBy(() -> session.createDirectory(RemotePath.of("/two")).block(Sessions.LIMIT))
        .isInstanceOf(FileFailure.class);
    session.createDirectory(RemotePath.of("/three")).block(Sessions.LIMIT);

    assertThat(session.list(RemotePath.root()).map(FileEntry::name).collectList().block())
        .containsExactlyInAnyOrder("one", "three");
    session.close().block(Sessions.LIMIT);
  }

  @ParameterizedTest
  @MethodSource(SCHEMES)
  void aReadInTheMiddleOfAFileFails(String scheme) {
    servers.files().write("/big", new byte[4 * SIZE]);
    servers.fail(StorageVerb.READ, 3, FileError.IO_ERROR);

    assertThatThrownBy(() -> Sessions.read(client(scheme), "/big")).isInstanceOf(FileFailure.class);
    assertThat(Sessions.read(client(scheme), "/big")).isEqualTo(4 * SIZE);
  }

  @Test
  void whatIsNoFaultIsRefused() {
    assertThatThrownBy(() -> servers.fail(StorageVerb.READ, 0, FileError.IO_ERROR))
        .hasMessageContaining("the first is 1");
    assertThatThrownBy(() -> servers.octetsPerSecond(0)).hasMessageContaining("speed: 0");
    assertThatThrownBy(() -> servers.cutAfter(-1)).hasMessageContaining("-1");
    assertThatThrownBy(() -> servers.diskFullAfter(-1)).hasMessageContaining("-1");
    assertThatThrownBy(() -> servers.latency(Duration.ofMillis(-1))).hasMessageContaining("delay");
  }

  private static Mono<Long> counted(FileSession session, String file, AtomicLong arrived) {
    return session
        .read(RemotePath.of(file), ByteRange.all())
        .doOnNext(part -> arrived.addAndGet(part.readableBytes()))
        .doOnNext(ByteBuf::release)
        .count();
  }

  private FileClient client(String scheme) {
    return TestServersTest.server(servers, scheme).client();
  }

  private long millis() {
    return timer.now(TimeUnit.MILLISECONDS);
  }
}
