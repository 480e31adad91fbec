package dev.sluice.bench;

import dev.sluice.api.BoundServer;
import dev.sluice.ssh.AuthorizedUsers;
import dev.sluice.ssh.Credential;
import dev.sluice.ssh.HostKeyPolicy;
import dev.sluice.ssh.SshCall;
import dev.sluice.ssh.SshChannel;
import dev.sluice.ssh.SshSecurity;
import dev.sluice.ssh.SshSession;
import dev.sluice.ssh.algorithm.Ciphers;
import dev.sluice.ssh.client.SshClient;
import dev.sluice.ssh.key.Ed25519PrivateKey;
import dev.sluice.ssh.key.SshKeyPair;
import dev.sluice.ssh.key.SshPrivateKey;
import dev.sluice.ssh.key.file.PrivateKeyFile;
import dev.sluice.ssh.key.trust.AuthorizedKeys;
import dev.sluice.ssh.key.trust.KeyText;
import dev.sluice.ssh.server.SshServer;
import dev.sluice.transport.door.StaticUsers;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Our SSH client and server as contenders of {@code compare-ssh}: serves on a free port, prints the
 * port, then does what lines of standard input say. {@code up PORT OCTETS} and {@code down PORT
 * OCTETS} move zeros over one channel to or from a server on this machine, and are answered with
 * octets per second. The server knows the two commands needed for this: {@code head -c OCTETS
 * /dev/zero} and {@code wc -c}.
 */
public final class SshRates {
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final int BLOCK = 32 * 1024;

  private final String user;
  private final SshPrivateKey key;

  private SshRates(String user, SshPrivateKey key) {
    this.user = user;
    this.key = key;
  }

  /** Takes {@code USER KEYFILE}; the key is the user's at every server. */
  public static void main(String[] args) throws IOException {
    byte[] keyFile = Files.readAllBytes(Path.of(args[1]));
    SshRates rates = new SshRates(args[0], PrivateKeyFile.read(keyFile, new char[0]).key());
    BoundServer server = rates.serve();
    System.out.println(server.address().getPort());
    BufferedReader orders =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String order = orders.readLine(); order != null; order = orders.readLine()) {
      String[] words = order.split(" ", 3);
      System.out.println(
          rates.rate(words[0], Integer.parseInt(words[1]), Long.parseLong(words[2])));
    }
    server.close().block(LIMIT);
  }

  private BoundServer serve() {
    AuthorizedKeys keys = AuthorizedKeys.parse(KeyText.format(key.publicKey()));
    Mono<? extends BoundServer> bound =
        SshServer.create()
            .host("127.0.0.1")
            .port(0)
            .hostKey(SshKeyPair.of(Ed25519PrivateKey.generate(new SecureRandom())))
            .users(AuthorizedUsers.by(name -> Mono.just(keys), StaticUsers.none()))
            .exec(SshRates::run)
            .bind();
    return Objects.requireNonNull(bound.block(LIMIT));
  }

  private static Mono<Integer> run(SshCall call) {
    if (call.command().equals("wc -c")) {
      return counted(call.input())
          .flatMap(octets -> call.send(Mono.fromSupplier(() -> text(octets + "\n"))))
          .thenReturn(0);
    }
    return call.send(zeros(Long.parseLong(call.command().split(" ", 4)[2]))).thenReturn(0);
  }

  /** Octets per second from the start of the command to the end of its output. */
  private long rate(String direction, int port, long octets) {
    SshSession session =
        Objects.requireNonNull(
            SshClient.create("127.0.0.1")
                .port(port)
                .user(user)
                .credential(Credential.key(SshKeyPair.of(key)))
                .hostKeys(HostKeyPolicy.dangerouslyTrustAnyone())
                .security(SshRates::withGcm)
                .connect()
                .block(LIMIT));
    long begun = System.nanoTime();
    long moved = direction.equals("up") ? up(session, octets) : down(session, octets);
    double seconds = (System.nanoTime() - begun) / 1e9;
    session.close().block(LIMIT);
    if (moved != octets) {
      throw new IllegalStateException(moved + " octets arrived, not " + octets);
    }
    return (long) (octets / seconds);
  }

  private static long up(SshSession session, long octets) {
    SshChannel count = Objects.requireNonNull(session.exec("wc -c").block(LIMIT));
    Mono<String> answer =
        count.input().map(SshRates::text).reduce("", String::concat).map(String::strip);
    String said = count.send(zeros(octets)).then(count.endOutput()).then(answer).block(LIMIT);
    return Long.parseLong(Objects.requireNonNull(said));
  }

  private static long down(SshSession session, long octets) {
    SshChannel head =
        Objects.requireNonNull(session.exec("head -c " + octets + " /dev/zero").block(LIMIT));
    return Objects.requireNonNull(counted(head.input()).block(LIMIT));
  }

  private static SshSecurity withGcm(SshSecurity usual) {
    return usual.withAlgorithms(
        usual
            .algorithms()
            .withPackets(
                usual.algorithms().clientToServer().withCiphers(List.of(Ciphers.AES128_GCM))));
  }

  private static Mono<Long> counted(Flux<ByteBuf> input) {
    return input
        .map(
            data -> {
              long octets = data.readableBytes();
              data.release();
              return octets;
            })
        .reduce(0L, Long::sum);
  }

  private static Flux<ByteBuf> zeros(long octets) {
    return Flux.generate(
        () -> octets,
        (left, sink) -> {
          int next = (int) Math.min(left, BLOCK);
          if (next == 0) {
            sink.complete();
          } else {
            sink.next(ByteBufAllocator.DEFAULT.heapBuffer(next).writeZero(next));
          }
          return left - next;
        });
  }

  private static String text(ByteBuf data) {
    String text = data.toString(StandardCharsets.UTF_8);
    data.release();
    return text;
  }

  private static ByteBuf text(String text) {
    return Unpooled.copiedBuffer(text, StandardCharsets.UTF_8);
  }
}
