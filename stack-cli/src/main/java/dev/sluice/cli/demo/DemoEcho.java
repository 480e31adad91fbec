package dev.sluice.cli.demo;

import dev.sluice.api.BoundServer;
import dev.sluice.api.TransferException;
import dev.sluice.ssh.Credential;
import dev.sluice.ssh.HostKeyPolicy;
import dev.sluice.ssh.SshAlgorithms;
import dev.sluice.ssh.SshChannel;
import dev.sluice.ssh.SshSession;
import dev.sluice.ssh.algorithm.CipherAlgorithm;
import dev.sluice.ssh.algorithm.Ciphers;
import dev.sluice.ssh.client.SshClient;
import dev.sluice.ssh.key.SshKeyPair;
import dev.sluice.ssh.server.SshServer;
import dev.sluice.transport.door.StaticUsers;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Octets that go through one channel of an SSH connection and come back, without a disk: what the
 * transport alone moves, twice.
 *
 * @param password of the server's only user
 */
public record DemoEcho(String password) {
  private static final String NAME = "ssh echo";
  private static final String USER = "demo";
  private static final CipherAlgorithm CIPHER = Ciphers.AES128_GCM;
  private static final int CHUNK = 32 * 1024;
  private static final Duration LIMIT = Duration.ofMinutes(10);

  /** Runs once to warm up, then once for the table. */
  public void run(long octets, SshKeyPair hostKey, Consumer<DemoRow> table) {
    BoundServer server = Objects.requireNonNull(server(hostKey).bind().block(LIMIT));
    try {
      SshSession session = Objects.requireNonNull(client(server, hostKey).connect().block(LIMIT));
      echo(session, octets);
      long begun = System.nanoTime();
      boolean same = echo(session, octets);
      long nanos = System.nanoTime() - begun;
      String security = session.info().algorithms();
      String checksum = same ? DemoRow.OK : "WRONG";
      table.accept(new DemoRow(NAME, "both", 1, octets, nanos, security, checksum));
      session.close().block(LIMIT);
    } catch (TransferException e) {
      table.accept(DemoRow.failed(NAME, "both", 1, octets, e));
    } finally {
      server.close().block(LIMIT);
    }
  }

  private SshServer server(SshKeyPair hostKey) {
    return SshServer.create()
        .host("127.0.0.1")
        .port(0)
        .hostKey(hostKey)
        .users(StaticUsers.of(USER, password))
        .exec(call -> call.send(call.input()).thenReturn(0));
  }

  private SshClient client(BoundServer server, SshKeyPair hostKey) {
    return SshClient.create("127.0.0.1")
        .port(server.address().getPort())
        .user(USER)
        .credential(Credential.password(password))
        .hostKeys(HostKeyPolicy.pinned(hostKey.publicKey().fingerprint()))
        .security(usual -> usual.withAlgorithms(oneCipher(usual.algorithms())));
  }

  private static SshAlgorithms oneCipher(SshAlgorithms all) {
    return all.withPackets(all.clientToServer().withCiphers(List.of(CIPHER)));
  }

  /** Whether what came back is what was sent. */
  private static boolean echo(SshSession session, long octets) {
    SshChannel channel = Objects.requireNonNull(session.exec("echo").block(LIMIT));
    CRC32C sent = new CRC32C();
    CRC32C received = new CRC32C();
    Mono<Void> sending = channel.send(source(octets, sent)).then(channel.endOutput());
    Mono<Void> receiving = channel.input().doOnNext(data -> take(data, received)).then();
    Mono.when(sending, receiving).block(LIMIT);
    return sent.getValue() == received.getValue();
  }

  private static Flux<ByteBuf> source(long octets, CRC32C sum) {
    byte[] chunk = new byte[CHUNK];
    for (int i = 0; i < chunk.length; i++) {
      chunk[i] = (byte) (i * 31);
    }
    return Flux.generate(
        () -> octets,
        (left, sink) -> {
          int length = (int) Math.min(left, chunk.length);
          if (length == 0) {
            sink.complete();
            return left;
          }
          sum.update(chunk, 0, length);
          sink.next(Unpooled.wrappedBuffer(chunk, 0, length));
          return left - length;
        });
  }

  private static void take(ByteBuf data, CRC32C sum) {
    sum.update(data.nioBuffer());
    data.release();
  }

  @Override
  public String toString() {
    return "DemoEcho";
  }
}
