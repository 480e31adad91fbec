package dev.sluice.sftp.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.ByteRange;
import dev.sluice.api.RemotePath;
import dev.sluice.api.SessionClosed;
import dev.sluice.api.WriteMode;
import dev.sluice.sftp.SftpSession;
import dev.sluice.sftp.SftpVersion;
import dev.sluice.sftp.SftpVersions;
import dev.sluice.sftp.peer.client.JailedSshd;
import dev.sluice.ssh.RekeyPolicy;
import dev.sluice.test.Conforms;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The client against OpenSSH, beyond what every tree does. */
final class SftpClientIT {
  private static final Duration WAIT = Duration.ofMinutes(1);
  private static final RemotePath FILE = RemotePath.of("/file");

  private static JailedSshd server;

  @BeforeAll
  static void start() {
    server = JailedSshd.start();
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  @BeforeEach
  void clear() {
    server.clear();
  }

  @Test
  @Conforms({"SFTP-006", "SFTP-008", "SFTP-100"})
  void theServersVersionCountsEvenWhenMoreWasOffered() {
    SftpSession session =
        server
            .client()
            .versions(usual -> SftpVersions.only(SftpVersion.V6))
            .connectSftp()
            .block(WAIT);

    assertThat(session.version()).isEqualTo(SftpVersion.V3);
    assertThat(session.extensions()).contains("posix-rename@openssh.com", "limits@openssh.com");
    assertThat(session.home().block(WAIT)).isEqualTo(RemotePath.root());
    assertThat(session.info().server()).startsWith("SSH-2.0-OpenSSH");
    session.close().block(WAIT);
  }

  @Test
  @Conforms("SFTP-030")
  void aFileOfMoreThanFourGibibytesIsReadAndWrittenAtItsEnd() throws IOException {
    long size = (4L << 30) + 1;
    try (RandomAccessFile sparse =
        new RandomAccessFile(server.root().resolve("file").toFile(), "rw")) {
      sparse.setLength(size);
    }
    SftpSession session = server.session();

    session
        .write(
            FILE,
            WriteMode.at(size - 1),
            Mono.fromSupplier(() -> Unpooled.copiedBuffer(new byte[] {7, 8})))
        .block(WAIT);

    assertThat(session.stat(FILE).block(WAIT).size()).isEqualTo(size + 1);
    assertThat(read(session, ByteRange.from(size - 3))).containsExactly(0, 0, 7, 8);
    session.close().block(WAIT);
  }

  @Test
  void keysChangeDuringATransfer() throws IOException {
    byte[] content = DownloadTest.octets(20_000_000);
    RekeyPolicy often = new RekeyPolicy(4 << 20, 1L << 31, Duration.ofHours(1));
    SftpSession session =
        server
            .client()
            .ssh(ssh -> ssh.security(usual -> usual.withRekey(often)))
            .connectSftp()
            .block(WAIT);

    session.write(FILE, WriteMode.replace(), buffers(content)).block(WAIT);

    assertThat(Arrays.equals(read(session, ByteRange.all()), content)).isTrue();
    assertThat(Arrays.equals(Files.readAllBytes(server.root().resolve("file")), content)).isTrue();
    session.close().block(WAIT);
  }

  @Test
  void sixteenReadersAndWritersSeeWhatAModelSees() {
    int part = 100_000;
    byte[] model = DownloadTest.octets(16 * part);
    SftpSession session = server.session();
    session.write(FILE, WriteMode.replace(), buffers(model)).block(WAIT);

    Flux.range(0, 16)
        .flatMap(i -> use(session, model, i * part, part, new Random(i)), 16)
        .then()
        .block(WAIT);

    assertThat(Arrays.equals(read(session, ByteRange.all()), model)).isTrue();
    session.close().block(WAIT);
  }

  /** Reads and writes at random inside a part that nobody else uses. */
  private static Mono<Void> use(
      SftpSession session, byte[] model, int start, int length, Random random) {
    return Flux.range(0, 20)
        .concatMap(
            round -> {
              int from = start + random.nextInt(length);
              int octets = random.nextInt(start + length - from);
              if (random.nextBoolean()) {
                return Mono.fromCallable(() -> (Void) null)
                    .then(collected(session.read(FILE, ByteRange.of(from, octets))))
                    .doOnNext(
                        seen ->
                            assertThat(seen)
                                .isEqualTo(Arrays.copyOfRange(model, from, from + octets)))
                    .then();
              }
              byte[] fresh = new byte[octets];
              random.nextBytes(fresh);
              System.arraycopy(fresh, 0, model, from, octets);
              return session.write(FILE, WriteMode.at(from), buffers(fresh));
            })
        .then();
  }

  @Test
  @Conforms("SFTP-065")
  void whatIsUnderWayEndsWithTheSession() {
    SftpSession session = server.session();

    Mono<Void> endless = session.write(FILE, WriteMode.replace(), Flux.never());
    Mono<Void> closing = Mono.delay(Duration.ofMillis(100)).then(session.close());
    assertThatThrownBy(() -> Mono.when(endless, closing).block(WAIT))
        .isInstanceOf(SessionClosed.class);

    assertThatThrownBy(() -> session.stat(FILE).block(WAIT)).isInstanceOf(SessionClosed.class);
  }

  private static byte[] read(SftpSession session, ByteRange range) {
    return collected(session.read(FILE, range)).block(WAIT);
  }

  private static Mono<byte[]> collected(Flux<ByteBuf> buffers) {
    return buffers
        .collect(
            ByteArrayOutputStream::new,
            (all, buffer) -> {
              all.writeBytes(ByteBufUtil.getBytes(buffer));
              buffer.release();
            })
        .map(ByteArrayOutputStream::toByteArray);
  }

  private static Flux<ByteBuf> buffers(byte[] content) {
    int size = 50_000;
    return Flux.range(0, (content.length + size - 1) / size)
        .map(
            i ->
                Unpooled.copiedBuffer(
                    content, i * size, Math.min(size, content.length - i * size)));
  }
}
