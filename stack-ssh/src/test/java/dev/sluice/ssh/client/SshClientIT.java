package dev.sluice.ssh.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.AuthenticationFailed;
import dev.sluice.api.ConnectFailed;
import dev.sluice.ssh.Credential;
import dev.sluice.ssh.ExitStatus;
import dev.sluice.ssh.HostKeyPolicy;
import dev.sluice.ssh.HostKeyRefused;
import dev.sluice.ssh.RekeyPolicy;
import dev.sluice.ssh.SshChannel;
import dev.sluice.ssh.SshSession;
import dev.sluice.ssh.key.Curve;
import dev.sluice.ssh.key.EcdsaPrivateKey;
import dev.sluice.ssh.key.Ed25519PrivateKey;
import dev.sluice.ssh.key.RsaPrivateKey;
import dev.sluice.ssh.key.SshKeyPair;
import dev.sluice.ssh.key.SshPublicKey;
import dev.sluice.ssh.peer.PeerAccount;
import dev.sluice.ssh.peer.Sshd;
import dev.sluice.test.Conforms;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The client against OpenSSH. */
final class SshClientIT {
  private static final Duration WAIT = Duration.ofSeconds(60);
  private static final Duration LONG = Duration.ofMinutes(3);
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final List<SshKeyPair> KEYS =
      Stream.of(
              Ed25519PrivateKey.generate(RANDOM),
              EcdsaPrivateKey.generate(Curve.NISTP256, RANDOM),
              EcdsaPrivateKey.generate(Curve.NISTP521, RANDOM),
              RsaPrivateKey.generate(2048, RANDOM))
          .map(SshKeyPair::of)
          .toList();

  private static Sshd sshd;
  private static Sshd strict;

  @BeforeAll
  static void start() {
    List<SshPublicKey> known = KEYS.stream().map(SshKeyPair::publicKey).toList();
    sshd = Sshd.start(known);
    strict =
        Sshd.start(
            known, "AuthenticationMethods publickey,password publickey,keyboard-interactive");
  }

  @AfterAll
  static void stop() {
    sshd.close();
    strict.close();
  }

  @Test
  @Conforms({"SSH-179", "SSH-191", "SSH-195", "SSH-135"})
  void runsACommandAndLearnsHowItEnded() {
    try (Closing session = connect(SshClientIT::withPassword)) {
      SshChannel channel = session.exec("echo hello; exit 3");

      assertThat(text(channel.input())).isEqualTo("hello\n");
      assertThat(channel.exit().block(WAIT)).isEqualTo(ExitStatus.of(3));
      assertThat(session.session.info().server()).startsWith("SSH-2.0-OpenSSH");
      assertThat(session.session.info().hostKey()).contains(sshd.fingerprint("ed25519"));
    }
  }

  @Test
  @Conforms("SSH-195")
  void learnsWhichSignalEndedACommand() {
    try (Closing session = connect(SshClientIT::withPassword)) {
      SshChannel channel = session.exec("kill -TERM $$");

      assertThat(text(channel.input())).isEmpty();
      assertThat(channel.exit().block(WAIT)).isInstanceOf(ExitStatus.Signal.class);
    }
  }

  @Test
  @Conforms("SSH-189")
  void standardErrorIsKeptApart() {
    try (Closing session = connect(SshClientIT::withPassword)) {
      SshChannel channel = session.exec("sleep 0.2; echo out; echo err >&2");
      Mono<String> errors = collected(channel.errors()).cache();
      errors.subscribe();

      assertThat(text(channel.input())).isEqualTo("out\n");
      assertThat(errors.block(WAIT)).isEqualTo("err\n");
    }
  }

  @Test
  @Conforms("SSH-188")
  void manyChannelsShareAConnection() {
    try (Closing session = connect(SshClientIT::withPassword)) {
      List<String> answers =
          Flux.range(0, 30)
              .flatMapSequential(
                  i -> session.session.exec("echo " + i).flatMap(c -> collected(c.input())), 8)
              .collectList()
              .block(WAIT);

      assertThat(answers).hasSize(30).startsWith("0\n").endsWith("29\n");
    }
  }

  @Test
  @Conforms("SSH-192")
  void aSubsystemThatIsNotThereIsRefused() {
    try (Closing session = connect(SshClientIT::withPassword)) {
      assertThatThrownBy(() -> session.session.subsystem("nothing").block(WAIT))
          .isInstanceOf(ConnectFailed.class)
          .hasMessageContaining("nothing");
      assertThat(session.session.subsystem("sftp").block(WAIT)).isNotNull();
    }
  }

  static List<SshKeyPair> keys() {
    return KEYS;
  }

  @ParameterizedTest(autoCloseArguments = false) // closing a key overwrites it
  @MethodSource("keys")
  @Conforms({"SSH-137", "SSH-138", "SSH-140", "SSH-141", "SSH-208"})
  void logsInWithAKeyOfEveryKind(SshKeyPair key) {
    try (Closing session = connect(client -> client.credential(Credential.key(key)))) {
      assertThat(text(session.exec("id -un").input())).isEqualTo(PeerAccount.NAME + "\n");
    }
  }

  @Test
  @Conforms({"SSH-142", "SSH-144"})
  void answersTheServersQuestions() {
    try (Closing session =
        connect(client -> client.credential(Credential.answer(PeerAccount.PASSWORD)))) {
      assertThat(text(session.exec("echo in").input())).isEqualTo("in\n");
    }
  }

  @Test
  @Conforms("SSH-132")
  void goesThroughSeveralSteps() {
    SshSession session =
        to(strict)
            .credential(Credential.password(PeerAccount.PASSWORD))
            .credential(Credential.key(KEYS.get(0)))
            .connect()
            .block(WAIT);

    assertThat(text(session.exec("echo both").block(WAIT).input())).isEqualTo("both\n");
    session.close().block(WAIT);
  }

  @Test
  @Conforms("SSH-132")
  void oneStepOfTwoIsNotEnough() {
    assertThatThrownBy(
            () -> to(strict).credential(Credential.key(KEYS.get(0))).connect().block(WAIT))
        .isInstanceOf(AuthenticationFailed.class)
        .hasMessageContaining("password");
  }

  @Test
  @Conforms("SSH-132")
  void aWrongPasswordIsAnErrorThatSaysWhatWasTriedAndNotThePassword() {
    assertThatThrownBy(
            () -> to(sshd).credential(Credential.password("wrong-one")).connect().block(WAIT))
        .isInstanceOf(AuthenticationFailed.class)
        .hasMessageContaining("password")
        .hasMessageNotContaining("wrong-one");
  }

  @Test
  void anUnknownKeyIsFollowedByTheNextCredential() {
    SshKeyPair unknown = SshKeyPair.of(Ed25519PrivateKey.generate(RANDOM));
    try (Closing session =
        connect(
            client ->
                client
                    .credential(Credential.key(unknown))
                    .credential(Credential.password(PeerAccount.PASSWORD)))) {
      assertThat(session.session.info().algorithms()).isNotEmpty();
    }
  }

  @Test
  @Conforms("SSH-048")
  void cve202526465AHostKeyThatIsNotTheOneExpectedEndsTheConnectionBeforeTheLogin() {
    SshClient client =
        to(sshd)
            .credential(Credential.password("never-sent"))
            .hostKeys(HostKeyPolicy.pinned("SHA256:somebodyElse"));

    assertThatThrownBy(() -> client.connect().block(WAIT))
        .isInstanceOf(HostKeyRefused.class)
        .hasMessageContaining(sshd.fingerprint("ed25519"));
    assertThat(sshd.log()).doesNotContain("never-sent");
  }

  @Test
  @Conforms({"SSH-116", "SSH-180", "SSH-183"})
  void muchDataComesBackUnharmedWhileKeysChange() {
    RekeyPolicy often = new RekeyPolicy(4 << 20, 1L << 31, Duration.ofHours(1));
    int blocks = 8192;
    try (Closing session =
        connect(client -> withPassword(client.security(s -> s.withRekey(often))))) {
      SshChannel channel = session.exec("cat");
      Checksum sent = new Checksum();
      Checksum received = new Checksum();
      channel
          .send(Flux.range(0, blocks).map(i -> sent.add(block(i))))
          .then(channel.endOutput())
          .subscribe();

      channel.input().doOnNext(received::add).doOnNext(ByteBuf::release).blockLast(LONG);

      assertThat(received.octets).isEqualTo(blocks * 32_768L);
      assertThat(received.value()).isEqualTo(sent.value());
    }
  }

  private static ByteBuf block(int seed) {
    byte[] octets = new byte[32_768];
    new java.util.Random(seed).nextBytes(octets);
    return Unpooled.wrappedBuffer(octets);
  }

  private static SshClient withPassword(SshClient client) {
    return client.credential(Credential.password(PeerAccount.PASSWORD));
  }

  private static Closing connect(UnaryOperator<SshClient> settings) {
    return new Closing(settings.apply(to(sshd)).connect().block(WAIT));
  }

  private static SshClient to(Sshd server) {
    return SshClient.create("127.0.0.1")
        .port(server.port())
        .user(PeerAccount.NAME)
        .hostKeys(HostKeyPolicy.pinned(server.fingerprint("ed25519")));
  }

  private static String text(Flux<ByteBuf> input) {
    return collected(input).block(WAIT);
  }

  private static Mono<String> collected(Flux<ByteBuf> input) {
    return input
        .map(
            data -> {
              String text = data.toString(StandardCharsets.UTF_8);
              data.release();
              return text;
            })
        .reduce("", String::concat);
  }

  /** A session that is closed at the end of a test. */
  private record Closing(SshSession session) implements AutoCloseable {
    SshChannel exec(String command) {
      return session.exec(command).block(WAIT);
    }

    @Override
    public void close() {
      session.close().block(WAIT);
    }
  }

  /** A checksum of octets in order. */
  private static final class Checksum {
    private final java.util.zip.CRC32C crc = new java.util.zip.CRC32C();
    private long octets;

    ByteBuf add(ByteBuf data) {
      octets += data.readableBytes();
      crc.update(data.nioBuffer());
      return data;
    }

    long value() {
      return crc.getValue();
    }
  }
}
