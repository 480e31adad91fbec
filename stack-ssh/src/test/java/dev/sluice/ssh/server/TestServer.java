package dev.sluice.ssh.server;

import dev.sluice.api.AuthenticationFailed;
import dev.sluice.api.BoundServer;
import dev.sluice.api.login.Authenticator;
import dev.sluice.api.login.Identity;
import dev.sluice.api.login.LoginAttempt;
import dev.sluice.ssh.SshCall;
import dev.sluice.ssh.key.Ed25519PrivateKey;
import dev.sluice.ssh.key.SshKeyPair;
import dev.sluice.ssh.key.SshPublicKey;
import dev.sluice.transport.door.StaticUsers;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A server with one user, ann. Commands: {@code echo TEXT}, {@code cat}, {@code fail}, {@code
 * count} (answers how many octets came), {@code zeros N}, {@code env}; the subsystem {@code echo}.
 */
public final class TestServer implements AutoCloseable {
  public static final String USER = "ann";
  public static final String PASSWORD = "open-sesame";
  private static final Duration WAIT = Duration.ofSeconds(10);
  private static final int BLOCK = 32 * 1024;

  private final BoundServer running;
  private final SshKeyPair hostKey;

  private TestServer(BoundServer running, SshKeyPair hostKey) {
    this.running = running;
    this.hostKey = hostKey;
  }

  public static TestServer start(SshPublicKey... keys) {
    return start(server -> server, keys);
  }

  /** Starts one where ann has a password and these keys. */
  public static TestServer start(UnaryOperator<SshServer> change, SshPublicKey... keys) {
    SshKeyPair hostKey = SshKeyPair.of(Ed25519PrivateKey.generate(new SecureRandom()));
    return start(hostKey, change, keys);
  }

  public static TestServer start(
      SshKeyPair hostKey, UnaryOperator<SshServer> change, SshPublicKey... keys) {
    SshServer server =
        SshServer.create()
            .host("127.0.0.1")
            .port(0)
            .hostKey(hostKey)
            .users(users(keys))
            .exec(TestServer::run)
            .subsystem("echo", call -> call.send(call.input()).thenReturn(0));
    return new TestServer(change.apply(server).bind().block(WAIT), hostKey);
  }

  public int port() {
    return running.address().getPort();
  }

  public String fingerprint() {
    return hostKey.publicKey().fingerprint();
  }

  public BoundServer running() {
    return running;
  }

  @Override
  public void close() {
    running.close().block(WAIT);
  }

  static Authenticator users(SshPublicKey... keys) {
    StaticUsers passwords = StaticUsers.of(USER, PASSWORD);
    Set<String> known = Stream.of(keys).map(SshPublicKey::fingerprint).collect(Collectors.toSet());
    return attempt -> {
      if (attempt instanceof LoginAttempt.PublicKey key) {
        return key.user().equals(USER) && known.contains(key.fingerprint())
            ? Mono.just(Identity.of(USER))
            : Mono.error(new AuthenticationFailed("login refused"));
      }
      return passwords.authenticate(attempt);
    };
  }

  private static Mono<Integer> run(SshCall call) {
    String[] words = call.command().split(" ", 2);
    return switch (words[0]) {
      case "echo" -> call.send(Mono.just(text(words[1] + "\n"))).thenReturn(0);
      case "cat" -> call.send(call.input()).thenReturn(0);
      case "fail" ->
          call.sendErrors(Mono.just(text("it failed\n")))
              .then(Mono.error(new IllegalStateException("on purpose")));
      case "count" ->
          call.input()
              .map(TestServer::lengthOf)
              .reduce(0L, Long::sum)
              .flatMap(total -> call.send(Mono.just(text(total + "\n"))))
              .thenReturn(0);
      case "zeros" -> call.send(zeros(Long.parseLong(words[1]))).thenReturn(0);
      case "env" -> call.send(Mono.just(text(call.environment().toString()))).thenReturn(7);
      default -> Mono.just(127);
    };
  }

  private static Flux<ByteBuf> zeros(long length) {
    return Flux.generate(
        () -> length,
        (left, sink) -> {
          int next = (int) Math.min(left, BLOCK);
          if (next == 0) {
            sink.complete();
          } else {
            sink.next(io.netty.buffer.ByteBufAllocator.DEFAULT.buffer(next).writeZero(next));
          }
          return left - next;
        });
  }

  private static long lengthOf(ByteBuf data) {
    long length = data.readableBytes();
    data.release();
    return length;
  }

  private static ByteBuf text(String text) {
    return Unpooled.copiedBuffer(text, StandardCharsets.UTF_8);
  }
}
