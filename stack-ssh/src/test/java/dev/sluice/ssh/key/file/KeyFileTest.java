package dev.sluice.ssh.key.file;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.ssh.Vectors;
import dev.sluice.ssh.key.Curve;
import dev.sluice.ssh.key.EcdsaPrivateKey;
import dev.sluice.ssh.key.Ed25519PrivateKey;
import dev.sluice.ssh.key.RsaPrivateKey;
import dev.sluice.ssh.key.SshPrivateKey;
import dev.sluice.test.Conforms;
import dev.sluice.test.FixedRandom;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Key files of the vectors, damaged in every way. */
final class KeyFileTest {
  private static final char[] NONE = {};

  static Stream<String> openSsh() {
    return Vectors.elements("openssh_private_key.cases");
  }

  static Stream<String> putty() {
    return Vectors.elements("putty_ppk.cases");
  }

  static Stream<String> bcrypt() {
    return Vectors.elements("bcrypt_pbkdf.cases");
  }

  static Stream<SshPrivateKey> keys() {
    FixedRandom random = new FixedRandom(1);
    return Stream.concat(
        Stream.of(
            Ed25519PrivateKey.generate(random), RsaPrivateKey.generate(2048, new SecureRandom())),
        Stream.of(Curve.values()).map(curve -> EcdsaPrivateKey.generate(curve, random)));
  }

  @ParameterizedTest
  @MethodSource("bcrypt")
  @Conforms("SSH-164")
  void bcryptPbkdfIsThatOfOpenBsd(String vector) {
    byte[] key =
        BcryptPbkdf.derive(
            Vectors.hex(vector + ".password"),
            Vectors.hex(vector + ".salt"),
            Vectors.decimal(vector + ".rounds"),
            Vectors.decimal(vector + ".length"));

    assertThat(key).isEqualTo(Vectors.hex(vector + ".key"));
  }

  @ParameterizedTest
  @MethodSource("openSsh")
  @Conforms({"SSH-163", "SSH-164"})
  void aKeyOfOpenSshIsRead(String vector) {
    StoredKey stored = PrivateKeyFile.read(openSshFile(vector), passphrase(vector));

    assertThat(stored.comment()).isEqualTo(Vectors.text(vector + ".comment_text"));
    assertThat(((Ed25519PrivateKey) stored.key()).seed())
        .isEqualTo(Vectors.hex(vector + ".ed25519_seed"));
  }

  @Test
  @Conforms("SSH-164")
  void aWrongAndAMissingPassphraseAreToldFromADamagedFile() {
    byte[] file = openSshFile("openssh_private_key.cases.1");

    assertThatThrownBy(() -> PrivateKeyFile.read(file, "wrong".toCharArray()))
        .isInstanceOf(KeyFileException.WrongPassphrase.class);
    assertThatThrownBy(() -> PrivateKeyFile.read(file, NONE))
        .isInstanceOf(KeyFileException.PassphraseRequired.class);
  }

  @Test
  @Conforms("SSH-164")
  void moreRoundsThanAnybodyWaitsForAreRefusedAtOnce() {
    byte[] content = Base64.getDecoder().decode(base64("openssh_private_key.cases.1"));
    int rounds = indexOfRounds(content);
    content[rounds] = 0x7F;

    assertThatThrownBy(
            () ->
                PrivateKeyFile.read(
                    Pem.format(OpenSshKeyFile.LABEL, content).getBytes(ISO_8859_1),
                    "correct horse".toCharArray()))
        .isInstanceOf(KeyFileException.Damaged.class);
  }

  private static int indexOfRounds(byte[] content) {
    for (int i = 0; i < content.length - 4; i++) {
      if (Arrays.equals(Arrays.copyOfRange(content, i, i + 4), new byte[] {0, 0, 0, 16})
          && content[i + 20] == 0
          && content[i + 23] == 16) {
        return i + 20;
      }
    }
    throw new AssertionError("no salt of 16 bytes and 16 rounds");
  }

  @Test
  @Conforms("SSH-163")
  void everyChangedOctetOfAPlainFileIsNoticedOrIsTheComment() {
    byte[] content = Base64.getDecoder().decode(base64("openssh_private_key.cases.0"));
    StoredKey original = PrivateKeyFile.read(openSshFile("openssh_private_key.cases.0"), NONE);
    int accepted = 0;
    for (int at = 0; at < content.length; at++) {
      byte[] changed = content.clone();
      changed[at] ^= 0x10;
      try {
        StoredKey read =
            PrivateKeyFile.read(
                Pem.format(OpenSshKeyFile.LABEL, changed).getBytes(ISO_8859_1), NONE);
        assertThat(read.key().publicKey()).isEqualTo(original.key().publicKey());
        assertThat(read.comment()).isNotEqualTo(original.comment());
        accepted++;
      } catch (KeyFileException expected) {
        assertThat(expected).isNotInstanceOf(KeyFileException.WrongPassphrase.class);
      }
    }
    assertThat(accepted).isEqualTo(original.comment().length());
  }

  @Test
  @Conforms("SSH-163")
  void aFileThatIsCutAnywhereIsDamaged() {
    byte[] content = Base64.getDecoder().decode(base64("openssh_private_key.cases.0"));
    for (int length = 0; length < content.length; length++) {
      byte[] file =
          Pem.format(OpenSshKeyFile.LABEL, Arrays.copyOf(content, length)).getBytes(ISO_8859_1);
      assertThatThrownBy(() -> PrivateKeyFile.read(file, NONE))
          .isInstanceOf(KeyFileException.class);
    }
  }

  @ParameterizedTest
  @MethodSource("keys")
  @Conforms("SSH-163")
  void whatIsWrittenIsReadAgain(SshPrivateKey key) {
    String file = OpenSshKeyFile.format(new StoredKey(key, "ann@host"), new FixedRandom(2));
    StoredKey read = PrivateKeyFile.read(file.getBytes(UTF_8), NONE);

    assertThat(read.key().publicKey()).isEqualTo(key.publicKey());
    assertThat(read.comment()).isEqualTo("ann@host");
    assertThat(key.toString()).startsWith("private key of ").contains("SHA256:");
  }

  @ParameterizedTest
  @MethodSource("putty")
  @Conforms("SSH-166")
  void aKeyOfPuttyIsRead(String vector) {
    byte[] file = Vectors.text(vector + ".ppk").getBytes(UTF_8);
    StoredKey stored = PrivateKeyFile.read(file, passphrase(vector));

    assertThat(stored.comment()).isEqualTo("rfc8032-test1");
    assertThat(((Ed25519PrivateKey) stored.key()).seed())
        .isEqualTo(Vectors.hex("putty_ppk.ed25519_seed"));
    assertThatThrownBy(() -> PrivateKeyFile.read(file, "wrong".toCharArray()))
        .isInstanceOf(KeyFileException.WrongPassphrase.class);
    assertThatThrownBy(() -> PrivateKeyFile.read(file, NONE))
        .isInstanceOf(KeyFileException.PassphraseRequired.class);
  }

  @ParameterizedTest
  @MethodSource("putty")
  @Conforms("SSH-166")
  void theMacOfAPuttyKeyCoversItsComment(String vector) {
    String changed = Vectors.text(vector + ".ppk").replace("rfc8032-test1", "rfc8032-test2");

    assertThatThrownBy(() -> PrivateKeyFile.read(changed.getBytes(UTF_8), passphrase(vector)))
        .isInstanceOf(KeyFileException.WrongPassphrase.class);
  }

  @Test
  @Conforms("SSH-166")
  void anArgon2ThatTakesAllMemoryIsRefused() {
    String file = Vectors.text("putty_ppk.cases.1.ppk");
    for (String hostile :
        new String[] {
          file.replaceFirst("Argon2-Memory: \\d+", "Argon2-Memory: 2147483647"),
          file.replaceFirst("Argon2-Passes: \\d+", "Argon2-Passes: 2147483647"),
          file.replaceFirst("Argon2-Parallelism: \\d+", "Argon2-Parallelism: 0")
        }) {
      assertThat(hostile).isNotEqualTo(file);
      assertThatThrownBy(
              () -> PrivateKeyFile.read(hostile.getBytes(UTF_8), "correct horse".toCharArray()))
          .isInstanceOf(KeyFileException.Damaged.class);
    }
  }

  @Test
  void whatIsNoKeyFileIsDamaged() {
    for (String text :
        new String[] {"", "\n", "ssh-ed25519 AAAA", "PuTTY-User-Key-File-", "-----BEGIN A-----"}) {
      assertThatThrownBy(() -> PrivateKeyFile.read(text.getBytes(UTF_8), NONE))
          .isInstanceOf(KeyFileException.Damaged.class);
    }
    assertThatThrownBy(() -> PrivateKeyFile.read(new byte[PrivateKeyFile.MAX_BYTES + 1], NONE))
        .isInstanceOf(KeyFileException.Damaged.class);
  }

  private static char[] passphrase(String vector) {
    return Vectors.text(vector + ".passphrase_text").toCharArray();
  }

  private static byte[] openSshFile(String vector) {
    byte[] content = Base64.getDecoder().decode(base64(vector));
    return Pem.format(OpenSshKeyFile.LABEL, content).getBytes(ISO_8859_1);
  }

  private static String base64(String vector) {
    return Vectors.text(vector + ".openssh_key_v1_base64");
  }
}
