package dev.sluice.ssh.kex;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.sluice.ssh.key.SignatureAlgorithm;
import dev.sluice.ssh.key.SignatureAlgorithms;
import dev.sluice.ssh.key.SshKeyPair;
import dev.sluice.test.FixedRandom;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** A client and a server that exchange keys, and a wire between them that tests may change. */
final class Sides {
  final List<byte[]> sent = new ArrayList<>();
  private final KexAlgorithm algorithm;
  private final SshKeyPair hostKey;
  private SecureRandom clientRandom = new FixedRandom(1);
  private SecureRandom serverRandom = new FixedRandom(2);
  private UnaryOperator<byte[]> wire = payload -> payload;

  Sides(KexAlgorithm algorithm, SshKeyPair hostKey) {
    this.algorithm = algorithm;
    this.hostKey = hostKey;
  }

  /** Changes every payload on its way. */
  Sides through(UnaryOperator<byte[]> change) {
    wire = change;
    return this;
  }

  /** Both take their private values from {@code random}. */
  Sides from(SecureRandom random) {
    clientRandom = random;
    serverRandom = random;
    return this;
  }

  static KexContext context(SignatureAlgorithm hostKeyAlgorithm) {
    return new KexContext(
        "SSH-2.0-client".getBytes(US_ASCII),
        "SSH-2.0-server".getBytes(US_ASCII),
        new byte[] {20, 1},
        new byte[] {20, 2},
        hostKeyAlgorithm,
        2048);
  }

  /** Runs the exchange to its end on both sides. */
  Results run() {
    SignatureAlgorithm hostKeyAlgorithm = SignatureAlgorithms.fitting(hostKey.publicKey()).get(0);
    return run(context(hostKeyAlgorithm), context(hostKeyAlgorithm));
  }

  Results run(KexContext clientContext, KexContext serverContext) {
    KexStep client = algorithm.client(clientContext, clientRandom);
    KexStep server = algorithm.server(serverContext, hostKey, serverRandom);
    while (true) {
      client = worked(client);
      server = worked(server);
      if (client instanceof KexStep.Send send) {
        server = delivered(send, (KexStep.Await) server);
        client = send.next();
      } else if (server instanceof KexStep.Send send) {
        client = delivered(send, (KexStep.Await) client);
        server = send.next();
      } else {
        return new Results(((KexStep.Done) client).result(), ((KexStep.Done) server).result());
      }
    }
  }

  private KexStep delivered(KexStep.Send send, KexStep.Await receiver) {
    byte[] payload = wire.apply(send.payload());
    sent.add(payload);
    ByteBuf in = Unpooled.wrappedBuffer(payload);
    int number = in.readUnsignedByte();
    if (number != receiver.number()) {
      throw new AssertionError("message " + number + " where " + receiver.number() + " is awaited");
    }
    return receiver.receive(in);
  }

  private static KexStep worked(KexStep step) {
    KexStep next = step;
    while (next instanceof KexStep.Work work) {
      next = work.run();
    }
    return next;
  }

  /** What each side has in the end. */
  record Results(KexResult client, KexResult server) {}
}
