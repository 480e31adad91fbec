package dev.sluice.tls.core;

import dev.sluice.tls.session.TlsSession;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Two cores that talk to each other in memory, work done at once. */
final class TlsPair implements AutoCloseable {
  final End client;
  final End server;

  /** One core and what it told. */
  static final class End {
    final TlsCore core;
    final ByteArrayOutputStream received = new ByteArrayOutputStream();
    final List<TlsEvent> events = new ArrayList<>();
    @Nullable TlsSession session;
    boolean peerEnded;

    End(TlsCore core) {
      this.core = core;
      core.tick(0);
    }

    void send(String text) {
      core.send(Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1));
    }

    String text() {
      return received.toString(StandardCharsets.ISO_8859_1);
    }

    TlsSession session() {
      if (session == null) {
        throw new AssertionError("no handshake yet");
      }
      return session;
    }

    /** Everything that the core has to say by now. */
    byte[] output() {
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      hear();
      for (ByteBuf out = core.nextOutput(); out != null; out = core.nextOutput()) {
        byte[] octets = new byte[out.readableBytes()];
        out.readBytes(octets);
        out.release();
        all.writeBytes(octets);
        hear();
      }
      return all.toByteArray();
    }

    void receive(byte[] octets) {
      core.receive(Unpooled.wrappedBuffer(octets));
      hear();
    }

    private void hear() {
      for (TlsEvent event = core.nextEvent(); event != null; event = core.nextEvent()) {
        events.add(event);
        if (event instanceof TlsEvent.Work work) {
          work.task().run();
          core.workDone();
        } else if (event instanceof TlsEvent.Established established) {
          session = established.session();
          core.request();
        } else if (event instanceof TlsEvent.Plaintext plaintext) {
          byte[] octets = new byte[plaintext.octets().readableBytes()];
          plaintext.octets().readBytes(octets);
          plaintext.octets().release();
          received.writeBytes(octets);
          core.request();
        } else {
          peerEnded = true;
        }
      }
    }
  }

  TlsPair(TlsCore client, TlsCore server) {
    this.client = new End(client);
    this.server = new End(server);
  }

  /** Lets the two talk until both are silent. */
  TlsPair settle() {
    return settle(Integer.MAX_VALUE);
  }

  /** As {@link #settle()}, in pieces of at most {@code chunk} octets. */
  TlsPair settle(int chunk) {
    boolean talking = true;
    while (talking) {
      talking = pass(client, server, chunk);
      talking |= pass(server, client, chunk);
    }
    return this;
  }

  private static boolean pass(End from, End to, int chunk) {
    byte[] octets = from.output();
    for (int at = 0; at < octets.length; at += Math.min(chunk, octets.length - at)) {
      int end = at + Math.min(chunk, octets.length - at);
      to.receive(java.util.Arrays.copyOfRange(octets, at, end));
    }
    return octets.length > 0;
  }

  @Override
  public void close() {
    client.core.discard();
    server.core.discard();
  }
}
