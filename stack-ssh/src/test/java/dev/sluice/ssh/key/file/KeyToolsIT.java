package dev.sluice.ssh.key.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.ssh.key.Ed25519PrivateKey;
import dev.sluice.ssh.key.Fingerprint;
import dev.sluice.ssh.key.SshKeyPair;
import dev.sluice.ssh.key.SshPublicKey;
import dev.sluice.ssh.peer.Run;
import dev.sluice.ssh.peer.Scratch;
import dev.sluice.test.Conforms;
import dev.sluice.test.FixedRandom;
import dev.sluice.test.peer.Peers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys that other programs write, and ours read by them. */
final class KeyToolsIT {
  private static final char[] PASSPHRASE = "c\u00f6rrect horse".toCharArray();

  @ParameterizedTest
  @CsvSource({
    "ed25519, 256, aes256-ctr",
    "ed25519, 256, aes128-ctr",
    "ed25519, 256, aes192-ctr",
    "ed25519, 256, aes128-cbc",
    "ed25519, 256, aes192-cbc",
    "ed25519, 256, aes256-cbc",
    "ed25519, 256, aes128-gcm@openssh.com",
    "ed25519, 256, aes256-gcm@openssh.com",
    "ed25519, 256, chacha20-poly1305@openssh.com",
    "ecdsa, 256, aes256-ctr",
    "ecdsa, 384, aes256-ctr",
    "ecdsa, 521, aes256-ctr",
    "rsa, 2048, aes256-ctr"
  })
  @Conforms({"SSH-163", "SSH-164", "SSH-174"})
  void whatSshKeygenEncryptsIsRead(String type, String bits, String cipher) throws IOException {
    Peers.require("ssh-keygen");
    try (Scratch scratch = Scratch.create("keys")) {
      Path file = scratch.file("key");
      keygen(
          scratch,
          "-t",
          type,
          "-b",
          bits,
          "-f",
          file.toString(),
          "-C",
          "a comment",
          "-Z",
          cipher,
          "-N",
          new String(PASSPHRASE),
          "-a",
          "4");
      StoredKey stored = PrivateKeyFile.read(Files.readAllBytes(file), PASSPHRASE);

      assertThat(stored.comment()).isEqualTo("a comment");
      assertThat(stored.key().publicKey()).isEqualTo(publicKey(scratch.file("key.pub")));
      assertThat(keygen(scratch, "-l", "-f", file + ".pub").stdout())
          .contains(Fingerprint.sha256(stored.key().publicKey()));
      assertThat(keygen(scratch, "-l", "-E", "md5", "-f", file + ".pub").stdout())
          .contains(Fingerprint.md5(stored.key().publicKey()));
      assertThatThrownBy(() -> PrivateKeyFile.read(Files.readAllBytes(file), "wrong".toCharArray()))
          .isInstanceOf(KeyFileException.WrongPassphrase.class);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "rsa, 2048, PEM",
    "rsa, 2048, PKCS8",
    "ecdsa, 256, PEM",
    "ecdsa, 384, PKCS8",
    "ecdsa, 521, PEM"
  })
  @Conforms("SSH-165")
  void whatSshKeygenWritesForOthersIsRead(String type, String bits, String format)
      throws IOException {
    Peers.require("ssh-keygen");
    try (Scratch scratch = Scratch.create("keys")) {
      for (String passphrase : List.of("", new String(PASSPHRASE))) {
        Path file = scratch.file("key" + passphrase.length());
        keygen(
            scratch, "-t", type, "-b", bits, "-m", format, "-f", file.toString(), "-N", passphrase);
        StoredKey stored = PrivateKeyFile.read(Files.readAllBytes(file), passphrase.toCharArray());

        assertThat(stored.key().publicKey()).isEqualTo(publicKey(Path.of(file + ".pub")));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "RSA, rsa_keygen_bits:2048",
    "EC, ec_paramgen_curve:P-256",
    "EC, ec_paramgen_curve:P-521",
    "ED25519, ''"
  })
  @Conforms("SSH-165")
  void whatOpensslWritesIsRead(String algorithm, String option) throws IOException {
    Peers.require("openssl");
    try (Scratch scratch = Scratch.create("keys")) {
      Path plain = scratch.file("plain");
      Path encrypted = scratch.file("encrypted");
      List<String> command =
          new ArrayList<>(List.of("genpkey", "-algorithm", algorithm, "-out", plain.toString()));
      if (!option.isEmpty()) {
        command.addAll(List.of("-pkeyopt", option));
      }
      openssl(scratch, command.toArray(String[]::new));
      openssl(
          scratch,
          "pkcs8",
          "-topk8",
          "-v2",
          "aes-256-cbc",
          "-in",
          plain.toString(),
          "-out",
          encrypted.toString(),
          "-passout",
          "pass:" + new String(PASSPHRASE));
      StoredKey stored = PrivateKeyFile.read(Files.readAllBytes(plain), new char[0]);
      StoredKey opened = PrivateKeyFile.read(Files.readAllBytes(encrypted), PASSPHRASE);

      assertThat(opened.key().publicKey()).isEqualTo(stored.key().publicKey());
      assertThatThrownBy(
              () -> PrivateKeyFile.read(Files.readAllBytes(encrypted), "no".toCharArray()))
          .isInstanceOf(KeyFileException.WrongPassphrase.class);
    }
  }

  @ParameterizedTest
  @CsvSource({"ed25519, 256, 3", "ecdsa, 384, 3", "rsa, 2048, 3", "rsa, 2048, 2", "ecdsa, 521, 2"})
  @Conforms("SSH-166")
  void whatPuttygenWritesIsRead(String type, String bits, String version) throws IOException {
    Peers.require("puttygen");
    try (Scratch scratch = Scratch.create("keys")) {
      Path passphrase = scratch.write("passphrase", new String(PASSPHRASE));
      Path none = scratch.write("none", "");
      for (Path secret : List.of(passphrase, none)) {
        Path file = scratch.file("key.ppk" + secret.getFileName());
        puttygen(
            scratch,
            "-t",
            type,
            "-b",
            bits,
            "-o",
            file.toString(),
            "--new-passphrase",
            secret.toString(),
            "--ppk-param",
            "version=" + version,
            "-C",
            "a comment");
        char[] given = secret.equals(none) ? new char[0] : PASSPHRASE;
        StoredKey stored = PrivateKeyFile.read(Files.readAllBytes(file), given);
        String line =
            puttygen(scratch, file.toString(), "-L", "--old-passphrase", secret.toString())
                .stdout();

        assertThat(stored.key().publicKey()).isEqualTo(publicKey(line));
        assertThat(stored.comment()).isEqualTo("a comment");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ed25519", "ecdsa", "rsa"})
  @Conforms("SSH-163")
  void whatIsWrittenHereIsReadBySshKeygen(String type) throws IOException {
    Peers.require("ssh-keygen");
    try (Scratch scratch = Scratch.create("keys")) {
      Path theirs = scratch.file("key");
      keygen(scratch, "-t", type, "-f", theirs.toString(), "-N", "");
      StoredKey stored = PrivateKeyFile.read(Files.readAllBytes(theirs), new char[0]);
      Path ours = scratch.write("ours", OpenSshKeyFile.format(stored, new FixedRandom(1)));
      String line = keygen(scratch, "-y", "-f", ours.toString()).stdout();

      assertThat(publicKey(line)).isEqualTo(stored.key().publicKey());
      assertThat(SshKeyPair.of(stored.key()).publicKey()).isEqualTo(stored.key().publicKey());
    }
  }

  @Test
  @Conforms("SSH-163")
  void whatIsEncryptedHereIsReadBySshKeygen() throws IOException {
    Peers.require("ssh-keygen");
    try (Scratch scratch = Scratch.create("keys")) {
      FixedRandom random = new FixedRandom(1);
      StoredKey stored = new StoredKey(Ed25519PrivateKey.generate(random), "ann@host");
      String text = OpenSshKeyFile.format(stored, "pass phrase".toCharArray(), random);
      Path ours = scratch.write("ours", text);
      String line = keygen(scratch, "-y", "-P", "pass phrase", "-f", ours.toString()).stdout();

      assertThat(publicKey(line)).isEqualTo(stored.key().publicKey());
      assertThat(
              PrivateKeyFile.read(Files.readAllBytes(ours), "pass phrase".toCharArray()).comment())
          .isEqualTo("ann@host");
    }
  }

  private static SshPublicKey publicKey(Path file) throws IOException {
    return publicKey(Files.readString(file));
  }

  private static SshPublicKey publicKey(String line) {
    return SshPublicKey.decode(Base64.getDecoder().decode(line.split(" ")[1].strip()));
  }

  private static Run keygen(Scratch scratch, String... arguments) {
    return run(scratch, "ssh-keygen", arguments);
  }

  private static Run openssl(Scratch scratch, String... arguments) {
    return run(scratch, "openssl", arguments);
  }

  private static Run puttygen(Scratch scratch, String... arguments) {
    return run(scratch, "puttygen", arguments);
  }

  private static Run run(Scratch scratch, String program, String... arguments) {
    List<String> command = new ArrayList<>(List.of(Peers.program(program).toString()));
    command.addAll(List.of(arguments));
    return Run.of(command, scratch.base()).requireSuccess();
  }
}
