package dev.sluice.ssh.key;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.sluice.ssh.wire.SshViolation;

/** Any octets as a key or a certificate. */
final class PublicKeyFuzzTest {

  @FuzzTest
  void whatIsReadIsWrittenAndReadAgainTheSame(byte[] blob) {
    try {
      SshPublicKey key = SshPublicKey.decode(blob);
      assertThat(SshPublicKey.decode(key.blob())).isEqualTo(key);
      if (key instanceof Certificate certificate) {
        CertificateCheck.refusal(certificate, Certificate.Role.USER, 0);
      }
    } catch (SshViolation expected) {
      // No key.
    }
  }
}
