package dev.sluice.ssh.key.file;

import dev.sluice.ssh.algorithm.HashAlgorithm;
import dev.sluice.ssh.wire.Encoded;
import dev.sluice.ssh.wire.SshString;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.digests.SHA1Digest;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.macs.HMac;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.bouncycastle.crypto.params.KeyParameter;

/**
 * What protects a PuTTY key: keys made from the passphrase, by SHA-1 in version 2 and by Argon2 in
 * version 3.
 *
 * @param key for AES-256-CBC; empty if nothing is encrypted
 * @param macKey may be empty
 */
record PuttyProtection(int version, byte[] key, byte[] iv, byte[] macKey) {
  private static final byte[] MAC_PREFIX =
      "putty-private-key-file-mac-key".getBytes(StandardCharsets.US_ASCII);
  private static final int KEY_BYTES = 32;
  private static final int IV_BYTES = 16;

  /** PuTTY's own default is 8 MiB and as many passes as take a tenth of a second. */
  private static final int MAX_MEMORY_KIB = 1 << 18;

  private static final long MAX_WORK_KIB = 1L << 24;
  private static final int MAX_LANES = 64;

  static PuttyProtection of(PuttyKeyFile file, Passphrase passphrase) {
    String encryption = file.field("Encryption");
    boolean encrypted = encryption.equals("aes256-cbc");
    if (!encrypted && !encryption.equals("none")) {
      throw new KeyFileException.Unsupported("PuTTY keys encrypted with " + encryption);
    }
    byte[] secret = encrypted ? passphrase.required() : new byte[0];
    if (file.version() == 2) {
      return version2(secret, encrypted);
    }
    return encrypted
        ? version3(file, secret)
        : new PuttyProtection(3, new byte[0], new byte[0], new byte[0]);
  }

  boolean isEncrypted() {
    return key.length > 0;
  }

  byte[] decrypt(byte[] encrypted) {
    if (!isEncrypted()) {
      return encrypted;
    }
    try {
      Cipher cipher = Cipher.getInstance("AES/CBC/NoPadding");
      cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(iv));
      return cipher.doFinal(encrypted);
    } catch (GeneralSecurityException e) {
      throw new KeyFileException.Damaged("the encrypted part cannot be decrypted", e);
    }
  }

  /** The MAC over all that the file says, the private part decrypted. */
  byte[] mac(PuttyKeyFile file, byte[] fields) {
    byte[] covered =
        Encoded.bytes(
            out -> {
              SshString.write(out, file.algorithm());
              SshString.write(out, file.field("Encryption"));
              SshString.write(out, file.field("Comment"));
              SshString.write(out, file.publicKey());
              SshString.write(out, fields);
            });
    HMac mac = new HMac(version == 2 ? new SHA1Digest() : new SHA256Digest());
    mac.init(new KeyParameter(macKey));
    mac.update(covered, 0, covered.length);
    byte[] tag = new byte[mac.getMacSize()];
    mac.doFinal(tag, 0);
    return tag;
  }

  private static PuttyProtection version2(byte[] secret, boolean encrypted) {
    byte[] macKey = HashAlgorithm.SHA1.of(MAC_PREFIX, secret);
    if (!encrypted) {
      return new PuttyProtection(2, new byte[0], new byte[0], macKey);
    }
    byte[] first = HashAlgorithm.SHA1.of(new byte[] {0, 0, 0, 0}, secret);
    byte[] second = HashAlgorithm.SHA1.of(new byte[] {0, 0, 0, 1}, secret);
    byte[] key = Arrays.copyOf(first, KEY_BYTES);
    System.arraycopy(second, 0, key, first.length, KEY_BYTES - first.length);
    return new PuttyProtection(2, key, new byte[IV_BYTES], macKey);
  }

  private static PuttyProtection version3(PuttyKeyFile file, byte[] secret) {
    int memory = bounded(file, "Argon2-Memory", MAX_MEMORY_KIB);
    int passes = bounded(file, "Argon2-Passes", (int) (MAX_WORK_KIB / memory));
    int lanes = bounded(file, "Argon2-Parallelism", MAX_LANES);
    Argon2BytesGenerator argon2 = new Argon2BytesGenerator();
    argon2.init(
        new Argon2Parameters.Builder(type(file.field("Key-Derivation")))
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(memory)
            .withIterations(passes)
            .withParallelism(lanes)
            .withSalt(HexFormat.of().parseHex(file.field("Argon2-Salt")))
            .build());
    byte[] derived = new byte[KEY_BYTES + IV_BYTES + KEY_BYTES];
    argon2.generateBytes(secret, derived);
    int ivEnd = KEY_BYTES + IV_BYTES;
    return new PuttyProtection(
        3,
        Arrays.copyOf(derived, KEY_BYTES),
        Arrays.copyOfRange(derived, KEY_BYTES, ivEnd),
        Arrays.copyOfRange(derived, ivEnd, derived.length));
  }

  private static int bounded(PuttyKeyFile file, String name, int max) {
    int value = Integer.parseInt(file.field(name));
    if (value < 1 || value > max) {
      throw new KeyFileException.Damaged(name + " " + value + ", more than " + max);
    }
    return value;
  }

  private static int type(String name) {
    return switch (name) {
      case "Argon2id" -> Argon2Parameters.ARGON2_id;
      case "Argon2i" -> Argon2Parameters.ARGON2_i;
      case "Argon2d" -> Argon2Parameters.ARGON2_d;
      default -> throw new KeyFileException.Unsupported("PuTTY keys derived by " + name);
    };
  }

  @Override
  public String toString() {
    return "PuttyProtection[...]";
  }
}
