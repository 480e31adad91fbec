package dev.sluice.tls.core;

import dev.sluice.tls.PeerVerification;
import dev.sluice.tls.TlsAcceptor;
import dev.sluice.tls.TlsClientOptions;
import dev.sluice.tls.TlsConnector;
import dev.sluice.tls.TlsServerOptions;
import dev.sluice.tls.session.TlsVersion;
import dev.sluice.tls.test.TestCertificates;
import io.netty.buffer.Unpooled;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Moves more than the small limits of its process allow under one key, and counts updates. */
final class LongStream {
  static final int MEBIBYTES = 16;
  private static final int CHUNK = 1 << 16;

  /** At 1 MiB a second; more updates than that are a flood. */
  private static final long CHUNK_TIME = 1000 / (1 << 20 >> 16);

  /** A KeyUpdate has five octets and some padding; records of data here have 85 and more. */
  private static final int SHORT = 64;

  private LongStream() {}

  public static void main(String[] arguments) {
    TestCertificates certificates = new TestCertificates();
    TlsClientOptions options =
        TlsClientOptions.DEFAULT
            .withVersions(Set.of(TlsVersion.TLS_1_3))
            .withVerification(
                PeerVerification.authorities(java.util.List.of(certificates.authority())));
    int updates = 0;
    try (TlsPair pair =
        new TlsPair(
                TlsConnector.of(options).session("localhost", 21).first(),
                TlsAcceptor.of(TlsServerOptions.of(certificates.local())).session().first())
            .settle()) {
      for (int sent = 0; sent < MEBIBYTES << 20; sent += CHUNK) {
        long now = TimeUnit.MILLISECONDS.toNanos(CHUNK_TIME * (sent / CHUNK));
        pair.client.core.tick(now);
        pair.server.core.tick(now);
        pair.client.core.send(Unpooled.wrappedBuffer(new byte[CHUNK]));
        byte[] records = pair.client.output();
        updates += updates(records);
        pair.server.receive(records);
        pair.settle();
      }
      System.out.println("updates " + updates);
      System.out.println(pair.server.received.size() == MEBIBYTES << 20 ? "whole" : "cut");
    }
  }

  private static int updates(byte[] records) {
    int found = 0;
    for (int at = 0; at < records.length; ) {
      int length = (records[at + 3] & 0xFF) << 8 | records[at + 4] & 0xFF;
      if (length < SHORT) {
        found++;
      }
      at += 5 + length;
    }
    return found;
  }
}
