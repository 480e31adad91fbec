package dev.sluice.ssh.key.file;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.engines.ChaChaEngine;
import org.bouncycastle.crypto.macs.Poly1305;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithIV;

/**
 * A cipher that protects a key file of OpenSSH.
 *
 * @param name its name in the file
 * @param jcaName its name in the JDK
 * @param blockBytes what the encrypted part is a multiple of
 */
record KeyFileCipher(
    String name, String jcaName, int keyBytes, int ivBytes, int blockBytes, int tagBytes) {
  private static final String CTR = "AES/CTR/NoPadding";
  private static final String CBC = "AES/CBC/NoPadding";
  private static final String GCM = "AES/GCM/NoPadding";
  private static final String CHACHA = "ChaCha20";
  private static final int TAG_BITS = 128;

  static final KeyFileCipher NONE = new KeyFileCipher("none", "", 0, 0, 8, 0);
  private static final List<KeyFileCipher> ALL =
      List.of(
          NONE,
          aes("aes128-ctr", CTR, 16),
          aes("aes192-ctr", CTR, 24),
          aes("aes256-ctr", CTR, 32),
          aes("aes128-cbc", CBC, 16),
          aes("aes192-cbc", CBC, 24),
          aes("aes256-cbc", CBC, 32),
          new KeyFileCipher("aes128-gcm@openssh.com", GCM, 16, 12, 16, 16),
          new KeyFileCipher("aes256-gcm@openssh.com", GCM, 32, 12, 16, 16),
          new KeyFileCipher("chacha20-poly1305@openssh.com", CHACHA, 64, 0, 8, 16));

  private static KeyFileCipher aes(String name, String jcaName, int keyBytes) {
    return new KeyFileCipher(name, jcaName, keyBytes, 16, 16, 0);
  }

  static KeyFileCipher named(String name) {
    return ALL.stream()
        .filter(cipher -> cipher.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new KeyFileException.Unsupported("keys encrypted with " + name));
  }

  boolean encrypts() {
    return keyBytes > 0;
  }

  /**
   * Decrypts.
   *
   * @param secret the key, followed by the IV
   * @param encrypted the encrypted octets, followed by the tag
   */
  byte[] decrypt(byte[] secret, byte[] encrypted) {
    if (jcaName.equals(CHACHA)) {
      return chaCha(secret, encrypted);
    }
    byte[] iv = Arrays.copyOfRange(secret, keyBytes, keyBytes + ivBytes);
    try {
      Cipher cipher = Cipher.getInstance(jcaName);
      cipher.init(
          Cipher.DECRYPT_MODE,
          new SecretKeySpec(secret, 0, keyBytes, "AES"),
          jcaName.equals(GCM) ? new GCMParameterSpec(TAG_BITS, iv) : new IvParameterSpec(iv));
      return cipher.doFinal(encrypted);
    } catch (AEADBadTagException e) {
      throw new KeyFileException.WrongPassphrase();
    } catch (GeneralSecurityException e) {
      throw new KeyFileException.Damaged("the encrypted part cannot be decrypted", e);
    }
  }

  /**
   * Encrypts with a cipher without a tag.
   *
   * @param secret the key, followed by the IV
   */
  byte[] encrypt(byte[] secret, byte[] plain) {
    try {
      Cipher cipher = Cipher.getInstance(jcaName);
      cipher.init(
          Cipher.ENCRYPT_MODE,
          new SecretKeySpec(secret, 0, keyBytes, "AES"),
          new IvParameterSpec(Arrays.copyOfRange(secret, keyBytes, keyBytes + ivBytes)));
      return cipher.doFinal(plain);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("cannot encrypt with " + name, e);
    }
  }

  /** As a packet with number 0 and without a length: only the first half of the key is used. */
  private static byte[] chaCha(byte[] secret, byte[] encrypted) {
    ChaChaEngine cipher = new ChaChaEngine();
    cipher.init(false, new ParametersWithIV(new KeyParameter(secret, 0, 32), new byte[8]));
    byte[] macKey = new byte[64];
    cipher.processBytes(macKey, 0, macKey.length, macKey, 0);
    Poly1305 mac = new Poly1305();
    mac.init(new KeyParameter(macKey, 0, 32));
    int length = encrypted.length - mac.getMacSize();
    mac.update(encrypted, 0, length);
    byte[] tag = new byte[mac.getMacSize()];
    mac.doFinal(tag, 0);
    if (!MessageDigest.isEqual(tag, Arrays.copyOfRange(encrypted, length, encrypted.length))) {
      throw new KeyFileException.WrongPassphrase();
    }
    byte[] decrypted = new byte[length];
    cipher.processBytes(encrypted, 0, length, decrypted, 0);
    return decrypted;
  }
}
