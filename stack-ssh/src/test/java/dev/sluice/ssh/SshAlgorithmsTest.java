package dev.sluice.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.ssh.algorithm.Ciphers;
import dev.sluice.ssh.key.SignatureAlgorithm;
import dev.sluice.test.Conforms;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is offered unless told otherwise. */
final class SshAlgorithmsTest {
  private static final List<String> WEAK =
      List.of("cbc", "3des", "arcfour", "none", "sha1", "md5", "group1-", "dss", "ssh-rsa");

  @Test
  @Conforms({"SSH-041", "SSH-110"})
  void ciphersMacsAndCompressionsAreOfferedInThisOrder() {
    PacketAlgorithms packets = SshAlgorithms.forClient().clientToServer();

    assertThat(packets.ciphers())
        .extracting(Object::toString)
        .containsExactly(
            "aes128-gcm@openssh.com",
            "aes256-gcm@openssh.com",
            "chacha20-poly1305@openssh.com",
            "aes128-ctr",
            "aes192-ctr",
            "aes256-ctr");
    assertThat(packets.macs())
        .extracting(Object::toString)
        .containsExactly(
            "hmac-sha2-256-etm@openssh.com",
            "hmac-sha2-512-etm@openssh.com",
            "hmac-sha2-256",
            "hmac-sha2-512");
    assertThat(packets.compressions())
        .extracting(Object::toString)
        .containsExactly("none", "zlib@openssh.com");
  }

  @Test
  @Conforms("SSH-042")
  void nothingWeakIsOfferedUnlessAskedFor() {
    for (SshAlgorithms algorithms : List.of(SshAlgorithms.forClient(), SshAlgorithms.forServer())) {
      assertThat(names(algorithms))
          .isNotEmpty()
          .noneMatch(name -> WEAK.stream().anyMatch(weak -> isNamed(name, weak)));
      assertThat(names(algorithms.withDangerouslyOldOnes()))
          .containsAll(names(algorithms).toList())
          .contains("aes128-cbc", "hmac-sha1", "ssh-rsa", "diffie-hellman-group14-sha1");
    }
  }

  /** They may be left out; whoever offers them alone finds nothing in common with us. */
  @Test
  @Conforms({"SSH-069", "SSH-108"})
  void whatIsNotImplementedIsNeverOffered() {
    for (SshAlgorithms algorithms : List.of(SshAlgorithms.forClient(), SshAlgorithms.forServer())) {
      assertThat(names(algorithms.withDangerouslyOldOnes()))
          .noneMatch(name -> name.startsWith("umac-") || name.startsWith("mlkem768nistp256-"))
          .contains("mlkem768x25519-sha256");
    }
  }

  private static boolean isNamed(String name, String weak) {
    return weak.equals("ssh-rsa") ? name.equals(weak) : name.contains(weak);
  }

  private static Stream<String> names(SshAlgorithms algorithms) {
    return Stream.of(
            algorithms.kex(),
            algorithms.hostKeys(),
            algorithms.publicKeys(),
            algorithms.clientToServer().ciphers(),
            algorithms.serverToClient().ciphers(),
            algorithms.clientToServer().macs(),
            algorithms.serverToClient().macs())
        .flatMap(List::stream)
        .map(Object::toString);
  }

  @Test
  void certificatesAreAskedForBeforeKeys() {
    assertThat(SshAlgorithms.forClient().hostKeys())
        .extracting(SignatureAlgorithm::isCertificate)
        .startsWith(true)
        .endsWith(false)
        .isSortedAccordingTo((a, b) -> Boolean.compare(b, a));
  }

  @Test
  void aChoiceThatLeavesNothingCannotBeMade() {
    SshAlgorithms algorithms = SshAlgorithms.forClient();
    PacketAlgorithms packets = algorithms.clientToServer();

    assertThatThrownBy(() -> algorithms.withKex(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> packets.withCiphers(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> packets.withMacs(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(packets.withCiphers(List.of(Ciphers.AES128_GCM)).withMacs(List.of()).macs())
        .isEmpty();
  }
}
