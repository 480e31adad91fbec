package dev.sluice.tls.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.TransferException;
import dev.sluice.test.Conforms;
import dev.sluice.tls.TlsAcceptor;
import dev.sluice.tls.TlsClientOptions;
import dev.sluice.tls.TlsConnector;
import dev.sluice.tls.TlsServerOptions;
import dev.sluice.tls.test.TestCertificates;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two channels in memory, a handler on each. */
final class TlsHandlerTest {
  private static final TestCertificates CERTIFICATES = new TestCertificates();
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final EmbeddedChannel client = new EmbeddedChannel();
  private final EmbeddedChannel server = new EmbeddedChannel();
  private TlsHandler clientTls;
  private TlsHandler serverTls;

  @BeforeEach
  void shakeHands() {
    client.config().setAutoRead(false);
    server.config().setAutoRead(false);
    TlsClientOptions trusting =
        TlsClientOptions.DEFAULT.withVerification(CERTIFICATES.verification());
    clientTls =
        TlsHandler.start(client, TlsConnector.of(trusting).session("localhost", 21).first());
    serverTls =
        TlsHandler.start(
            server, TlsAcceptor.of(TlsServerOptions.of(CERTIFICATES.local())).session().first());
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!isEstablished(clientTls) || !isEstablished(serverTls)) {
      exchange();
      assertThat(System.nanoTime()).as("the handshake takes too long").isLessThan(deadline);
    }
  }

  @AfterEach
  void close() {
    for (EmbeddedChannel channel : new EmbeddedChannel[] {client, server}) {
      channel.close();
      channel.releaseInbound();
      channel.releaseOutbound();
    }
  }

  @Test
  void aWriteOfNothingIsDoneWhenWhatWasWrittenBeforeIs() {
    ChannelFuture nothing = client.writeAndFlush(Unpooled.EMPTY_BUFFER);
    client.runPendingTasks();
    assertThat(nothing.isSuccess()).isTrue();
  }

  @Test
  void aWriteIsDoneWhenItsLastRecordIs() {
    ChannelFuture big = client.writeAndFlush(Unpooled.wrappedBuffer(new byte[100_000]));
    ChannelFuture small = client.writeAndFlush(text("end"));
    client.runPendingTasks();
    assertThat(big.isSuccess()).isTrue();
    assertThat(small.isSuccess()).isTrue();
  }

  @Test
  @Conforms("TLS-033")
  void behindTheEndOfTheOutputNothingIsWritten() {
    ChannelFuture end = clientTls.endOutput();
    ChannelFuture late = client.writeAndFlush(text("late"));
    client.runPendingTasks();
    assertThat(end.isSuccess()).isTrue();
    assertThat(late.cause()).hasMessageContaining("ended");
  }

  /** As a client does that goes on in clear without waiting for our close_notify. */
  @Test
  @Conforms({"TLS-036", "TLS-066"})
  void clearOctetsInTheSameReadAsThePeersEndAreTheNextCommand() {
    CompletableFuture<Void> cleared = serverTls.clear().toFuture();
    clientTls.endOutput();
    client.runPendingTasks();
    ByteBuf read = Unpooled.buffer();
    for (ByteBuf out = client.readOutbound(); out != null; out = client.readOutbound()) {
      read.writeBytes(out);
      out.release();
    }
    server.writeInbound(read.writeBytes(text("NOOP\r\n")));
    assertThat(cleared).isCompleted();
    assertThat(server.pipeline().get(TlsHandler.class)).isNull();
    ByteBuf command = server.readInbound();
    assertThat(command.toString(StandardCharsets.US_ASCII)).isEqualTo("NOOP\r\n");
    command.release();
    server.writeOutbound(text("200 OK\r\n"));
    server.<ByteBuf>readOutbound().release(); // our own close_notify
    ByteBuf answer = server.readOutbound();
    assertThat(answer.toString(StandardCharsets.US_ASCII)).isEqualTo("200 OK\r\n");
    answer.release();
  }

  @Test
  void aBrokenRecordOnTheWayOutOfTlsEndsTheConnection() {
    client.writeOneOutbound(text("forged"));
    client.flushOutbound();
    ByteBuf record = client.readOutbound();
    record.setByte(record.writerIndex() - 1, ~record.getByte(record.writerIndex() - 1));
    server.writeInbound(record); // nobody has asked for what it holds
    assertThat(server.isOpen()).isTrue();

    CompletableFuture<Void> cleared = serverTls.clear().toFuture();

    assertThat(cleared).isCompletedExceptionally();
    ByteBuf alert = server.readOutbound();
    assertThat(alert).isNotNull();
    alert.release();
    assertThat(server.isOpen()).isFalse();
    assertThatThrownBy(server::checkException).isInstanceOf(TransferException.class);
  }

  private void exchange() {
    pass(client, server);
    pass(server, client);
  }

  private static void pass(EmbeddedChannel from, EmbeddedChannel to) {
    from.runPendingTasks();
    for (ByteBuf out = from.readOutbound(); out != null; out = from.readOutbound()) {
      to.writeInbound(out);
    }
  }

  private static boolean isEstablished(TlsHandler handler) {
    return handler.established().toFuture().isDone();
  }

  private static ByteBuf text(String text) {
    return Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII);
  }
}
