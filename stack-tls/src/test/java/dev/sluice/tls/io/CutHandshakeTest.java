package dev.sluice.tls.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.SessionClosed;
import dev.sluice.test.Conforms;
import dev.sluice.tls.TlsAcceptor;
import dev.sluice.tls.TlsClientOptions;
import dev.sluice.tls.TlsConnector;
import dev.sluice.tls.TlsServerOptions;
import dev.sluice.tls.core.TlsCore;
import dev.sluice.tls.session.TlsSession;
import dev.sluice.tls.test.TestCertificates;
import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A connection that ends in the middle of a handshake, wherever that is. */
final class CutHandshakeTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final TestCertificates CERTIFICATES = new TestCertificates();
  private static final TlsConnector CONNECTOR =
      TlsConnector.of(TlsClientOptions.DEFAULT.withVerification(CERTIFICATES.verification()));
  private static final TlsAcceptor ACCEPTOR =
      TlsAcceptor.of(TlsServerOptions.of(CERTIFICATES.local()));

  private static final Duration WORK = Duration.ofSeconds(1);

  private final List<EmbeddedChannel> all = new ArrayList<>();

  /** Work under way when its connection was cut gives back its memory when it comes back. */
  @AfterEach
  void awaitWork() {
    long begun = System.nanoTime();
    while (System.nanoTime() - begun < WORK.toNanos()) {
      all.forEach(EmbeddedChannel::runPendingTasks);
      LockSupport.parkNanos(1_000_000);
    }
  }

  @Test
  @Conforms({"TLS-017", "TLS-034", "TLS-077"})
  void aServerThatIsCutFailsAtOnceAndGivesBackItsMemory() {
    int cut = 0;
    while (fails(true, cut)) {
      cut += stride(cut);
    }
    assertThat(cut).as("octets of a client's handshake").isBetween(200, 2000);
  }

  @Test
  @Conforms({"TLS-017", "TLS-034", "TLS-077"})
  void aClientThatIsCutFailsAtOnceAndGivesBackItsMemory() {
    int cut = 0;
    while (fails(false, cut)) {
      cut += stride(cut);
    }
    assertThat(cut).as("octets of a server's handshake").isBetween(700, 3000);
  }

  /** The first header, then samples: the core is cut at every octet in a test of its own. */
  private static int stride(int cut) {
    return cut < 8 ? 1 : 37;
  }

  /** Whether a handshake that ends at octet {@code cut} fails; if not it was whole by then. */
  private boolean fails(boolean server, int cut) {
    Ends ends = new Ends();
    all.addAll(List.of(ends.client, ends.server));
    EmbeddedChannel victim = server ? ends.server : ends.client;
    CompletableFuture<TlsSession> outcome = server ? ends.serverDone : ends.clientDone;
    try {
      ends.talk(server, cut);
      if (outcome.isDone()) {
        return false;
      }
      victim.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
      ends.await(outcome); // what is computed meanwhile is awaited first
      assertThatThrownBy(outcome::get).as("cut at %d", cut).hasCauseInstanceOf(SessionClosed.class);
      assertThat(victim.isOpen()).isFalse();
      return true;
    } finally {
      ends.close();
    }
  }

  /** Both ends in memory. */
  private static final class Ends {
    final EmbeddedChannel client = channel();
    final EmbeddedChannel server = channel();
    final CompletableFuture<TlsSession> clientDone =
        start(client, CONNECTOR.session("localhost", 21).first());
    final CompletableFuture<TlsSession> serverDone = start(server, ACCEPTOR.session().first());

    private static EmbeddedChannel channel() {
      EmbeddedChannel channel = new EmbeddedChannel();
      channel.config().setAutoRead(false);
      return channel;
    }

    private static CompletableFuture<TlsSession> start(EmbeddedChannel channel, TlsCore core) {
      return TlsHandler.start(channel, core).established().toFuture();
    }

    /**
     * Shakes hands until the victim has heard {@code limit} octets or its handshake is over.
     *
     * @return octets heard by the victim
     */
    int talk(boolean toServer, int limit) {
      EmbeddedChannel victim = toServer ? server : client;
      EmbeddedChannel other = toServer ? client : server;
      CompletableFuture<TlsSession> done = toServer ? serverDone : clientDone;
      int heard = 0;
      long begun = System.nanoTime();
      while (heard < limit && !done.isDone()) {
        assertThat(System.nanoTime() - begun).as("hangs").isLessThan(PATIENCE.toNanos());
        run();
        pass(victim, other, Integer.MAX_VALUE);
        heard += pass(other, victim, limit - heard);
        LockSupport.parkNanos(1000);
      }
      return heard;
    }

    private static int pass(EmbeddedChannel from, EmbeddedChannel to, int limit) {
      int passed = 0;
      for (ByteBuf out = from.readOutbound(); out != null; out = from.readOutbound()) {
        int part = Math.min(out.readableBytes(), limit - passed);
        if (part > 0) {
          to.writeInbound(out.readRetainedSlice(part));
          passed += part;
        }
        out.release();
      }
      return passed;
    }

    void await(CompletableFuture<TlsSession> outcome) {
      long begun = System.nanoTime();
      while (!outcome.isDone()) {
        assertThat(System.nanoTime() - begun).as("hangs").isLessThan(PATIENCE.toNanos());
        run();
        LockSupport.parkNanos(1000);
      }
    }

    private void run() {
      client.runPendingTasks();
      server.runPendingTasks();
    }

    void close() {
      for (EmbeddedChannel each : new EmbeddedChannel[] {client, server}) {
        try {
          each.finishAndReleaseAll();
        } catch (RuntimeException e) {
          assertThat(e).isInstanceOf(SessionClosed.class);
        }
      }
    }
  }
}
