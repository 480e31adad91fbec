package dev.sluice.ssh.key;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.ssh.Vectors;
import dev.sluice.ssh.key.Certificate.Role;
import dev.sluice.ssh.wire.SshViolation;
import dev.sluice.ssh.wire.Uint64;
import dev.sluice.test.Conforms;
import dev.sluice.test.FixedRandom;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Certificates of OpenSSH. */
final class CertificateTest {
  private static final long NOW = 1_800_000_000L;
  private static final SshPrivateKey AUTHORITY = Ed25519PrivateKey.generate(new FixedRandom(1));
  private static final SshPrivateKey SUBJECT = Ed25519PrivateKey.generate(new FixedRandom(2));
  private static final SshPrivateKey RSA = RsaPrivateKey.generate(2048, new SecureRandom());

  static Stream<SshPrivateKey> subjects() {
    return Stream.concat(
        Stream.of(SUBJECT, RSA),
        Stream.of(Curve.values())
            .map(curve -> EcdsaPrivateKey.generate(curve, new FixedRandom(3))));
  }

  @Test
  @Conforms("SSH-095")
  void aUsersCertificateIsReadAsSshKeygenShowsIt() {
    Certificate certificate = vector("certificate.cases.0");

    assertThat(certificate.role()).isEqualTo(Role.USER);
    assertThat(certificate.serial()).isEqualTo(42);
    assertThat(certificate.keyId()).isEqualTo("user-id");
    assertThat(certificate.principals()).containsExactly("alice", "bob");
    assertThat(certificate.validAfter()).isZero();
    assertThat(certificate.validBefore()).isEqualTo(Uint64.MAX);
    assertThat(certificate.criticalOptions())
        .containsEntry("force-command", "internal-sftp")
        .containsEntry("source-address", "192.0.2.0/24")
        .hasSize(2);
    assertThat(certificate.extensions()).containsOnlyKeys("permit-pty");
    assertThat(certificate.fingerprint()).isEqualTo(Vectors.text("fingerprint.sha256"));
    assertThat(CertificateCheck.refusal(certificate, Role.USER, NOW)).isEmpty();
  }

  @Test
  @Conforms({"SSH-095", "SSH-097"})
  void aHostsCertificateIsValidInItsTimeOnly() {
    Certificate certificate = vector("certificate.cases.1");

    assertThat(certificate.role()).isEqualTo(Role.HOST);
    assertThat(certificate.principals()).containsExactly("sftp.example.com");
    assertThat(CertificateCheck.refusal(certificate, Role.HOST, NOW)).isEmpty();
    assertThat(CertificateCheck.refusal(certificate, Role.USER, NOW)).isPresent();
    long after = certificate.validAfter();
    long before = certificate.validBefore();
    assertThat(CertificateCheck.refusal(certificate, Role.HOST, after)).isEmpty();
    assertThat(CertificateCheck.refusal(certificate, Role.HOST, after - 1)).isPresent();
    assertThat(CertificateCheck.refusal(certificate, Role.HOST, before - 1)).isEmpty();
    assertThat(CertificateCheck.refusal(certificate, Role.HOST, before)).isPresent();
  }

  @Test
  @Conforms("SSH-095")
  void theSignatureCoversEverythingBeforeIt() {
    byte[] blob = blob("certificate.cases.0");
    for (int at = 0; at < blob.length; at++) {
      byte[] changed = blob.clone();
      changed[at] ^= 1;
      assertThat(isGood(changed)).as("octet %d", at).isFalse();
    }
    for (int length = 0; length < blob.length; length++) {
      assertThat(isGood(Arrays.copyOf(blob, length))).isFalse();
    }
  }

  @ParameterizedTest
  @MethodSource("subjects")
  @Conforms({"SSH-095", "SSH-096"})
  void keysOfEveryTypeCanBeCertified(SshPrivateKey subject) {
    Certificate certificate = new Certificates(subject.publicKey(), AUTHORITY).make();
    SignatureAlgorithm algorithm = SignatureAlgorithms.fitting(certificate).get(0);
    byte[] data = "data".getBytes(UTF_8);
    SshKeyPair pair = new SshKeyPair(certificate, subject);

    assertThat(certificate.plain()).isEqualTo(subject.publicKey());
    assertThat(SshPublicKey.decode(certificate.blob())).isEqualTo(certificate);
    assertThat(certificate.type()).endsWith("-cert-v01@openssh.com");
    assertThat(algorithm.isCertificate()).isTrue();
    assertThat(algorithm.verify(certificate, data, pair.sign(algorithm, data))).isTrue();
    assertThat(algorithm.verify(subject.publicKey(), data, pair.sign(algorithm, data))).isFalse();
    assertThat(CertificateCheck.refusal(certificate, Role.USER, NOW)).isEmpty();
  }

  @Test
  @Conforms("SSH-096")
  void anRsaCertificateHasThreeNames() {
    Certificate certificate = new Certificates(RSA.publicKey(), AUTHORITY).make();
    SignatureAlgorithm algorithm =
        SignatureAlgorithms.named("rsa-sha2-512-cert-v01@openssh.com").orElseThrow();

    assertThat(certificate.type()).isEqualTo("ssh-rsa-cert-v01@openssh.com");
    assertThat(algorithm.fits(certificate)).isTrue();
    assertThat(algorithm.signatureName()).isEqualTo("rsa-sha2-512");
  }

  @Test
  @Conforms("SSH-097")
  void whatACertificateMustNotBeIsRefused() {
    assertThat(refusal(mine().valid(NOW + 1, Uint64.MAX))).contains("it is not valid yet");
    assertThat(refusal(mine().valid(0, NOW))).contains("it has expired");
    assertThat(refusal(mine().valid(Uint64.MAX, Uint64.MAX))).contains("it is not valid yet");
    assertThat(refusal(mine().principals())).isPresent();
    assertThat(refusal(mine().role(2))).isPresent();
    assertThat(refusal(mine().critical("unheard-of", "x"))).isPresent();
    assertThat(refusal(mine().critical("force-command", "x"))).isEmpty();
    assertThat(refusal(mine().showing(SUBJECT.publicKey()))).isPresent();
  }

  @Test
  @Conforms("SSH-097")
  void aSignatureWithSha1IsNone() {
    Certificates rsa = new Certificates(SUBJECT.publicKey(), RSA);

    assertThat(refusal(rsa.signedWith(SignatureAlgorithms.RSA_SHA2_256))).isEmpty();
    assertThat(refusal(rsa.signedWith(SignatureAlgorithms.RSA_SHA1))).isPresent();
  }

  @Test
  @Conforms("SSH-097")
  void aCertificateSignsNoOther() {
    Certificate chained = new Certificates(SUBJECT.publicKey(), AUTHORITY).make();
    byte[] blob = mine().showing(chained).blob();

    assertThatThrownBy(() -> SshPublicKey.decode(blob)).isInstanceOf(SshViolation.class);
  }

  @Test
  @Conforms("SSH-097")
  void aCertificateOfUnknownKindIsRefused() {
    assertThatThrownBy(() -> mine().role(3).make()).isInstanceOf(SshViolation.class);
    assertThatThrownBy(() -> mine().role(0).make()).isInstanceOf(SshViolation.class);
  }

  private static Certificates mine() {
    return new Certificates(SUBJECT.publicKey(), AUTHORITY);
  }

  private static Optional<String> refusal(Certificates certificates) {
    return CertificateCheck.refusal(certificates.make(), Role.USER, NOW);
  }

  private static boolean isGood(byte[] blob) {
    try {
      return SshPublicKey.decode(blob) instanceof Certificate certificate
          && CertificateCheck.refusal(certificate, Role.USER, NOW).isEmpty();
    } catch (SshViolation malformed) {
      return false;
    }
  }

  private static Certificate vector(String vector) {
    return (Certificate) SshPublicKey.decode(blob(vector));
  }

  private static byte[] blob(String vector) {
    return Base64.getDecoder().decode(Vectors.text(vector + ".line").split(" ")[1]);
  }
}
