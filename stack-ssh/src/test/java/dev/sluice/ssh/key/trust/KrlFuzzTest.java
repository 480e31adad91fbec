package dev.sluice.ssh.key.trust;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.sluice.ssh.key.Ed25519PrivateKey;
import dev.sluice.ssh.key.SshPublicKey;
import dev.sluice.test.FixedRandom;
import java.nio.ByteBuffer;

/** Any octets as a key revocation list: understood as a whole, or refused as a whole. */
final class KrlFuzzTest {
  private static final SshPublicKey KEY =
      Ed25519PrivateKey.generate(new FixedRandom(1)).publicKey();
  private static final long MAGIC = 0x5353484b524c0a00L;

  @FuzzTest
  void aListIsReadOrRefused(byte[] file) {
    tried(file);
    tried(ByteBuffer.allocate(8 + file.length).putLong(MAGIC).put(file).array());
  }

  private static void tried(byte[] file) {
    try {
      RevokedKeys keys = RevokedKeys.parse(file);
      assertThat(keys.isRevoked(KEY)).isEqualTo(keys.isRevoked(KEY.plain()));
    } catch (IllegalArgumentException refused) {
      assertThat(refused.getMessage()).isNotBlank();
    }
  }
}
