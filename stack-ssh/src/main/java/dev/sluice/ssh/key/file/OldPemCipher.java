package dev.sluice.ssh.key.file;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** The encryption of old PEM files, as in their headers (RFC 1421; OpenSSL's key derivation). */
final class OldPemCipher {
  private static final Map<String, Integer> KEY_BYTES =
      Map.of("AES-128-CBC", 16, "AES-192-CBC", 24, "AES-256-CBC", 32);
  private static final int SALT_BYTES = 8;

  private OldPemCipher() {}

  /** The content, decrypted if the headers say that it is encrypted. */
  static byte[] opened(Pem pem, Passphrase passphrase) {
    String info = pem.headers().get("DEK-Info");
    if (info == null) {
      return pem.content();
    }
    int comma = info.indexOf(',');
    String name = info.substring(0, Math.max(0, comma)).strip();
    Integer keyBytes = KEY_BYTES.get(name);
    if (keyBytes == null) {
      throw new KeyFileException.Unsupported("PEM encrypted with " + name);
    }
    byte[] iv = HexFormat.of().parseHex(info.substring(comma + 1).strip());
    if (iv.length != 16) {
      throw new KeyFileException.Damaged("an IV of " + iv.length + " bytes");
    }
    return decrypt(pem.content(), derive(passphrase.required(), iv, keyBytes), iv);
  }

  private static byte[] decrypt(byte[] content, byte[] key, byte[] iv) {
    try {
      Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
      cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(iv));
      return cipher.doFinal(content);
    } catch (BadPaddingException e) {
      throw new KeyFileException.WrongPassphrase();
    } catch (GeneralSecurityException e) {
      throw new KeyFileException.Damaged("the encrypted part cannot be decrypted", e);
    }
  }

  /** MD5 over the last block, the passphrase and the first octets of the IV, again and again. */
  private static byte[] derive(byte[] passphrase, byte[] iv, int keyBytes) {
    try {
      MessageDigest md5 = MessageDigest.getInstance("MD5");
      byte[] key = new byte[keyBytes];
      byte[] block = {};
      for (int done = 0; done < keyBytes; done += block.length) {
        md5.update(block);
        md5.update(passphrase);
        md5.update(iv, 0, SALT_BYTES);
        block = md5.digest();
        System.arraycopy(block, 0, key, done, Math.min(block.length, keyBytes - done));
      }
      Arrays.fill(block, (byte) 0);
      return key;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no MD5", e);
    }
  }
}
