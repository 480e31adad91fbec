package dev.sluice.ftp.client;

import static dev.sluice.ftp.client.RealServers.PATIENCE;
import static dev.sluice.ftp.client.RealServers.octets;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.ByteRange;
import dev.sluice.api.FileFailure;
import dev.sluice.api.RemotePath;
import dev.sluice.api.TimedOut;
import dev.sluice.api.WriteMode;
import dev.sluice.api.login.Identity;
import dev.sluice.api.storage.FileContent;
import dev.sluice.api.storage.FileLoan;
import dev.sluice.api.storage.OpenMode;
import dev.sluice.api.storage.StorageSession;
import dev.sluice.client.transfer.Progress;
import dev.sluice.client.transfer.Transfers;
import dev.sluice.ftp.FtpSession;
import dev.sluice.ftp.TransferFormat;
import dev.sluice.ftp.TransferMode;
import dev.sluice.ftp.server.TestServer;
import dev.sluice.storage.local.LocalStorage;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A file of a local storage goes to a server without a look at its octets, where that can be. */
@DisplayName("Uploading a file of the disk")
final class FileUploadIT {
  private static final RemotePath FILE = RemotePath.of("/file");
  private static final byte[] CONTENT = octets(20_000_000);

  @TempDir private Path here;
  @TempDir private Path there;
  private StorageSession local;
  private volatile FileChannel channel;

  @BeforeEach
  void writeFile() throws IOException {
    Files.write(here.resolve("file"), CONTENT);
    local = LocalStorage.at(here).open(Identity.of("test")).block(PATIENCE);
  }

  @AfterEach
  void close() {
    local.close().block(PATIENCE);
  }

  @Test
  void itArrivesWholeAndIsCountedOnTheWay() throws IOException {
    try (TestServer server = new TestServer(there)) {
      FtpSession session = connect(server, FtpClient.create("127.0.0.1"));
      List<Progress> told =
          Transfers.copy(local, FILE, session, FILE, WriteMode.replace())
              .collectList()
              .block(PATIENCE);
      assertThat(there.resolve("file")).hasBinaryContent(CONTENT);
      assertThat(told).extracting(Progress::octets).isSorted().endsWith((long) CONTENT.length);
      assertThat(told).hasSizeGreaterThan(2);
      session.write(FILE, WriteMode.append(), local.read(FILE, ByteRange.of(5, 7))).block(PATIENCE);
      assertThat(Files.size(there.resolve("file"))).isEqualTo(CONTENT.length + 7);
      session.close().block(PATIENCE);
    }
  }

  @Test
  void itIsReadWhereTheOctetsChangeOnTheWay() {
    try (TestServer server = new TestServer(there)) {
      TransferFormat blocks = TransferFormat.PLAIN.withMode(TransferMode.BLOCK);
      FtpSession session =
          connect(server, FtpClient.create("127.0.0.1").data(d -> d.withFormat(blocks)));
      Transfers.copy(local, FILE, session, FILE, WriteMode.replace()).blockLast(PATIENCE);
      assertThat(there.resolve("file")).hasBinaryContent(CONTENT);
      session.close().block(PATIENCE);
    }
  }

  @Test
  void oneThatShrinksMeanwhileLeavesNothing() {
    try (TestServer server = new TestServer(there)) {
      FtpSession session = connect(server, FtpClient.create("127.0.0.1"));
      AtomicBoolean cut = new AtomicBoolean();
      assertThatThrownBy(
              () ->
                  Transfers.copy(local, FILE, session, FILE, WriteMode.replace())
                      .doOnNext(
                          progress -> {
                            if (cut.compareAndSet(false, true)) {
                              truncate();
                            }
                          })
                      .blockLast(PATIENCE))
          .isInstanceOf(FileFailure.class)
          .hasMessageContaining("INTERRUPTED");
      assertThat(there).isEmptyDirectory();
      session.keepAlive().block(PATIENCE);
      session.close().block(PATIENCE);
    }
  }

  @Test
  void whenTheUploadIsCancelledTheServerIsToldAndTheFileIsClosed() throws Exception {
    Disposable.Swap running = Disposables.swap();
    try (ScriptedServer server = new ScriptedServer(talk -> hearAbort(talk, running))) {
      FtpSession session =
          FtpClient.create("127.0.0.1").port(server.port()).connectFtp().block(PATIENCE);
      running.update(session.write(FILE, WriteMode.replace(), watched()).subscribe());
      session.keepAlive().block(PATIENCE);
      session.close().block(PATIENCE);
      server.finish();
    }
    awaitClosed();
  }

  @Test
  void aServerThatTakesNoMoreIsGivenUpAndTheFileIsClosed() throws Exception {
    try (ScriptedServer server =
        new ScriptedServer(
            talk -> {
              talk.welcome();
              talk.offerData();
              try (Socket data = talk.data()) {
                talk.answer("150 go on");
                assertThat(talk.hear()).endsWith("ABOR");
                assertThat(data.isClosed()).isFalse();
                talk.say("426 cut", "226 aborted");
              }
              talk.answer("250 deleted");
              talk.untilGone();
            })) {
      FtpSession session =
          FtpClient.create("127.0.0.1")
              .port(server.port())
              .timeouts(t -> t.withDataStall(Duration.ofMillis(300)))
              .connectFtp()
              .block(PATIENCE);
      assertThatThrownBy(() -> session.write(FILE, WriteMode.replace(), watched()).block(PATIENCE))
          .isInstanceOf(TimedOut.class);
      session.close().block(PATIENCE);
      server.finish();
    }
    awaitClosed();
  }

  private static void hearAbort(ScriptedServer.Talk talk, Disposable running) throws IOException {
    talk.welcome();
    talk.offerData();
    try (Socket data = talk.data()) {
      talk.answer("150 go on");
      assertThat(data.getInputStream().read()).isNotNegative();
      running.dispose();
      assertThat(talk.hear()).endsWith("ABOR");
      talk.say("426 cut", "226 aborted");
    }
    talk.answer("250 deleted", "200 still here");
    talk.untilGone();
  }

  /** The file, whose channel is looked at. */
  private Flux<ByteBuf> watched() {
    return FileContent.of(
        local
            .open(FILE, OpenMode.READ)
            .doOnNext(
                handle -> {
                  try (FileLoan loan = handle.lend().orElseThrow()) {
                    channel = loan.channel();
                  }
                }),
        ByteRange.all());
  }

  private void awaitClosed() {
    Mono.fromSupplier(() -> channel.isOpen())
        .repeatWhen(again -> again.delayElements(Duration.ofMillis(5)))
        .takeUntil(open -> !open)
        .blockLast(PATIENCE);
  }

  private static FtpSession connect(TestServer server, FtpClient client) {
    return client
        .port(server.address().getPort())
        .credentials(TestServer.USER, TestServer.PASSWORD)
        .connectFtp()
        .block(PATIENCE);
  }

  private void truncate() {
    try (FileChannel file = FileChannel.open(here.resolve("file"), StandardOpenOption.WRITE)) {
      file.truncate(10);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
