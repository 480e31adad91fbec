package dev.sluice.bench;

import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A client and a server of TLS in memory, on one thread: each receives what the other sends. */
final class TlsPipe implements AutoCloseable {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final EmbeddedChannel client = channel();
  private final EmbeddedChannel server = channel();

  TlsPipe(TlsContender contender) {
    CompletableFuture<?> both =
        CompletableFuture.allOf(contender.client(client), contender.server(server));
    long begun = System.nanoTime();
    while (!both.isDone()) {
      if (System.nanoTime() - begun > PATIENCE_NANOS) {
        throw new IllegalStateException("no handshake");
      }
      client.runPendingTasks();
      server.runPendingTasks();
      pass(client, server);
      pass(server, client);
      Thread.onSpinWait();
    }
    both.join();
  }

  private static EmbeddedChannel channel() {
    EmbeddedChannel channel = new EmbeddedChannel();
    channel.config().setAutoRead(false);
    return channel;
  }

  /** Takes the buffer; returns how many octets arrived. */
  int send(ByteBuf plaintext) {
    client.writeOutbound(plaintext);
    pass(client, server);
    int arrived = 0;
    for (ByteBuf octets = server.readInbound(); octets != null; octets = server.readInbound()) {
      arrived += octets.readableBytes();
      octets.release();
    }
    return arrived;
  }

  private static void pass(EmbeddedChannel from, EmbeddedChannel to) {
    for (ByteBuf record = from.readOutbound(); record != null; record = from.readOutbound()) {
      to.read();
      to.writeInbound(record);
    }
  }

  @Override
  public void close() {
    end(client);
    end(server);
  }

  /** Not {@code finish}, which throws the error of a handler about an end without close_notify. */
  private static void end(EmbeddedChannel channel) {
    channel.close();
    channel.releaseInbound();
    channel.releaseOutbound();
  }
}
