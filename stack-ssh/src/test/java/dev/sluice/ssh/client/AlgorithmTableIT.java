package dev.sluice.ssh.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.ssh.Credential;
import dev.sluice.ssh.HostKeyPolicy;
import dev.sluice.ssh.PacketAlgorithms;
import dev.sluice.ssh.SshAlgorithms;
import dev.sluice.ssh.SshChannel;
import dev.sluice.ssh.SshSession;
import dev.sluice.ssh.algorithm.CipherAlgorithm;
import dev.sluice.ssh.algorithm.MacAlgorithm;
import dev.sluice.ssh.kex.KexAlgorithm;
import dev.sluice.ssh.kex.KexAlgorithms;
import dev.sluice.ssh.key.SignatureAlgorithm;
import dev.sluice.ssh.key.SignatureAlgorithms;
import dev.sluice.ssh.peer.PeerAccount;
import dev.sluice.ssh.peer.Run;
import dev.sluice.ssh.peer.Scratch;
import dev.sluice.ssh.peer.Sshd;
import dev.sluice.test.Conforms;
import dev.sluice.test.peer.Peers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every algorithm that both OpenSSH and we know, in use. */
final class AlgorithmTableIT {
  private static final Duration WAIT = Duration.ofSeconds(30);
  private static final List<SignatureAlgorithm> HOST_KEYS =
      List.of(
          SignatureAlgorithms.ED25519,
          SignatureAlgorithms.ECDSA_NISTP256,
          SignatureAlgorithms.RSA_SHA2_256,
          SignatureAlgorithms.RSA_SHA2_512);

  private static Sshd sshd;

  @BeforeAll
  static void start() {
    sshd = Sshd.start("KexAlgorithms +diffie-hellman-group14-sha256");
  }

  @AfterAll
  static void stop() {
    sshd.close();
  }

  static Stream<Arguments> exchanges() {
    List<String> known = known("kex");
    return KexAlgorithms.CLIENT.stream()
        .filter(kex -> known.contains(kex.name()))
        .flatMap(kex -> HOST_KEYS.stream().map(hostKey -> Arguments.of(kex, hostKey)));
  }

  static Stream<Arguments> protections() {
    List<String> ciphers = known("cipher");
    List<String> macs = known("mac");
    PacketAlgorithms ours = SshAlgorithms.forClient().clientToServer();
    return ours.ciphers().stream()
        .filter(cipher -> ciphers.contains(cipher.name()))
        .flatMap(
            cipher ->
                ours.macs().stream()
                    .filter(mac -> macs.contains(mac.name()))
                    .limit(cipher.isAead() ? 1 : Integer.MAX_VALUE)
                    .map(mac -> Arguments.of(cipher, mac)));
  }

  @ParameterizedTest
  @MethodSource("exchanges")
  @Conforms({"SSH-043", "SSH-045", "SSH-046", "SSH-047", "SSH-090"})
  void everyExchangeWithEveryKindOfHostKey(KexAlgorithm kex, SignatureAlgorithm hostKey) {
    SshAlgorithms algorithms =
        SshAlgorithms.forClient().withKex(List.of(kex)).withHostKeys(List.of(hostKey));

    assertThat(echo(algorithms)).contains(kex.name()).contains(hostKey.name());
  }

  @ParameterizedTest
  @MethodSource("protections")
  @Conforms({"SSH-029", "SSH-102", "SSH-104", "SSH-105", "SSH-106", "SSH-107"})
  void everyCipherWithEveryMac(CipherAlgorithm cipher, MacAlgorithm mac) {
    SshAlgorithms all = SshAlgorithms.forClient().withKex(List.of(KexAlgorithms.CURVE25519));
    PacketAlgorithms up = all.clientToServer().withCiphers(List.of(cipher)).withMacs(List.of(mac));

    // Down it is what it would be anyway: each direction has its own.
    assertThat(echo(all.withPackets(up, all.serverToClient()))).contains(cipher.name());
  }

  private static String echo(SshAlgorithms algorithms) {
    SshSession session =
        SshClient.create("127.0.0.1")
            .port(sshd.port())
            .user(PeerAccount.NAME)
            .credential(Credential.password(PeerAccount.PASSWORD))
            .hostKeys(HostKeyPolicy.dangerouslyTrustAnyone())
            .security(s -> s.withAlgorithms(algorithms))
            .connect()
            .block(WAIT);
    SshChannel channel = session.exec("head -c 100000 /dev/zero").block(WAIT);
    Long octets =
        channel
            .input()
            .map(
                data -> {
                  long length = data.toString(StandardCharsets.US_ASCII).length();
                  data.release();
                  return length;
                })
            .reduce(0L, Long::sum)
            .block(WAIT);
    assertThat(octets).isEqualTo(100_000);
    session.close().block(WAIT);
    return session.info().algorithms();
  }

  /** What this OpenSSH can do, as its client tells. */
  private static List<String> known(String kind) {
    Peers.require("ssh");
    try (Scratch scratch = Scratch.create("query")) {
      return Run.of(List.of("ssh", "-Q", kind), scratch.base())
          .requireSuccess()
          .stdout()
          .lines()
          .toList();
    }
  }
}
