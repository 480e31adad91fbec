package dev.sluice.ftp.client;

import static dev.sluice.ftp.client.RealServers.PATIENCE;
import static dev.sluice.ftp.client.RealServers.buffers;
import static dev.sluice.ftp.client.RealServers.octets;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.ByteRange;
import dev.sluice.api.FileEntry;
import dev.sluice.api.RemotePath;
import dev.sluice.api.WriteMode;
import dev.sluice.ftp.FtpSession;
import dev.sluice.ftp.peer.PeerOptions;
import dev.sluice.ftp.peer.ServerPeer;
import dev.sluice.test.Conforms;
import io.netty.buffer.ByteBuf;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.reactivestreams.Publisher;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;

/** Cancels at every step; afterwards the session answers NOOP or is closed. */
@DisplayName("Cancelling against real servers")
final class CancelIT {
  private static final RemotePath FILE = RemotePath.of("/file.bin");
  private static final byte[] CONTENT = octets(6_000_000);
  private static final int BUFFERS = 6;
  private static final int MOST_LINES = 40;

  @ParameterizedTest(name = "{0}")
  @MethodSource("servers")
  @Conforms({"FTP-105", "FTP-106", "FTP-107"})
  void aDownloadCancelledAfterAnyBuffer(String name) {
    try (ServerPeer server = RealServers.start(name, PeerOptions.DEFAULT)) {
      FtpSession session = RealServers.session(server);
      session.write(FILE, WriteMode.replace(), buffers(CONTENT, 65536)).block(PATIENCE);
      for (int n = 0; n <= BUFFERS; n++) {
        Flux<ByteBuf> download = session.read(FILE, ByteRange.all());
        release(n == 0 ? download.take(0) : download.take(n)).blockLast(PATIENCE);
        session.keepAlive().block(PATIENCE);
      }
      session.close().block(PATIENCE);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("servers")
  @Conforms({"FTP-105", "FTP-107"})
  void anUploadThatFailsAfterAnyBufferLeavesNothing(String name) {
    try (ServerPeer server = RealServers.start(name, PeerOptions.DEFAULT)) {
      FtpSession session = RealServers.session(server);
      byte[] before = octets(10);
      session.write(FILE, WriteMode.replace(), buffers(before, 10)).block(PATIENCE);
      for (int n = 0; n <= BUFFERS; n++) {
        Flux<ByteBuf> broken =
            buffers(CONTENT, 100_000)
                .take(n)
                .concatWith(Flux.error(new IllegalStateException("content broke")));
        assertThatThrownBy(() -> session.write(FILE, WriteMode.replace(), broken).block(PATIENCE))
            .hasMessageContaining("content broke");
        // pyftpdlib answers 426 to a listing now and then while it clears an aborted upload away.
        assertThat(
                session
                    .list(RemotePath.root())
                    .map(FileEntry::name)
                    .collectList()
                    .retry(2)
                    .block(PATIENCE))
            .containsExactly("file.bin");
      }
      assertThat(server.root().resolve("file.bin")).hasBinaryContent(before);
      session.close().block(PATIENCE);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("servers")
  @Conforms({"FTP-105", "FTP-106", "FTP-107", "FTP-121"})
  void aDownloadCancelledAtAnyLineOfTheControlConnection(String name) throws Exception {
    try (ServerPeer server = RealServers.start(name, PeerOptions.DEFAULT)) {
      cancelAtEachLine(
          server, session -> session.read(FILE, ByteRange.from(1)).doOnNext(ByteBuf::release));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("servers")
  @Conforms({"FTP-105", "FTP-106", "FTP-107"})
  void anUploadCancelledAtAnyLineOfTheControlConnection(String name) throws Exception {
    try (ServerPeer server = RealServers.start(name, PeerOptions.DEFAULT)) {
      cancelAtEachLine(
          server,
          session ->
              session.write(RemotePath.of("/new"), WriteMode.replace(), buffers(CONTENT, 65536)));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("servers")
  @Conforms({"FTP-105", "FTP-107"})
  void aListingCancelledAtAnyLineOfTheControlConnection(String name) throws Exception {
    try (ServerPeer server = RealServers.start(name, PeerOptions.DEFAULT)) {
      cancelAtEachLine(server, session -> session.list(RemotePath.root()));
    }
  }

  /** One verb: what is subscribed to and cancelled. */
  private interface Verb {
    Publisher<?> of(FtpSession session);
  }

  private static void cancelAtEachLine(ServerPeer server, Verb verb) throws Exception {
    int lines = 1;
    for (int at = 1; at <= Math.min(lines, MOST_LINES); at++) {
      AtomicInteger count = new AtomicInteger(Integer.MIN_VALUE);
      AtomicReference<Disposable> running = new AtomicReference<>();
      CountDownLatch over = new CountDownLatch(1);
      int stopAt = at;
      FtpSession session =
          RealServers.connect(
              RealServers.client(server)
                  .trace(
                      line -> {
                        if (count.incrementAndGet() == stopAt) {
                          running.get().dispose();
                          over.countDown();
                        }
                      }));
      session.write(FILE, WriteMode.replace(), buffers(CONTENT, 65536)).block(PATIENCE);
      reactor.core.Disposable.Swap swap = reactor.core.Disposables.swap();
      running.set(swap);
      count.set(0);
      swap.update(
          Flux.from(verb.of(session))
              .doFinally(signal -> over.countDown())
              .subscribe(x -> {}, e -> {}));
      assertThat(over.await(30, TimeUnit.SECONDS)).isTrue();
      assertUsableOrClosed(session, "cancelled at line " + at);
      lines = Math.max(lines, count.get());
      count.set(Integer.MIN_VALUE);
      session.close().block(PATIENCE);
    }
  }

  private static void assertUsableOrClosed(FtpSession session, String when) {
    try {
      session.keepAlive().block(PATIENCE);
      session.stat(RemotePath.root()).block(PATIENCE);
    } catch (dev.sluice.api.SessionClosed | dev.sluice.api.TimedOut closed) {
      assertThat(session.onClosed().materialize().block(PATIENCE)).as(when).isNotNull();
    }
  }

  private static Flux<ByteBuf> release(Flux<ByteBuf> buffers) {
    return buffers.doOnNext(ByteBuf::release);
  }

  static Stream<String> servers() {
    return RealServers.NAMES.stream();
  }
}
