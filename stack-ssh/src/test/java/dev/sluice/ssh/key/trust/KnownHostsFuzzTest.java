package dev.sluice.ssh.key.trust;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.sluice.ssh.key.Ed25519PrivateKey;
import dev.sluice.ssh.key.SshPublicKey;
import dev.sluice.test.FixedRandom;
import java.nio.charset.StandardCharsets;

/** Any octets as a file of known hosts, before and behind a good line. */
final class KnownHostsFuzzTest {
  private static final SshPublicKey KEY =
      Ed25519PrivateKey.generate(new FixedRandom(1)).publicKey();

  @FuzzTest
  void noFileMakesAKeyThatIsOnRecordUnknown(byte[] file) {
    String text = new String(file, StandardCharsets.UTF_8);
    String good = KnownHosts.line("host.example", 22, KEY);

    assertThat(KnownHosts.parse(text, good).verdict("host.example", 22, KEY, 0))
        .isIn(HostKeyVerdict.MATCH, HostKeyVerdict.REVOKED);
    assertThat(KnownHosts.parse(good, text).verdict("HOST.example", 22, KEY, 0))
        .isIn(HostKeyVerdict.MATCH, HostKeyVerdict.REVOKED);
    KnownHosts.parse(text).types("host.example", 2222);
  }
}
