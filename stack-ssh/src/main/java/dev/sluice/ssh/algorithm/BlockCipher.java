package dev.sluice.ssh.algorithm;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A cipher that works on blocks, used with a MAC.
 *
 * @param jcaName its name in Java
 * @param key the name of its keys in Java
 * @param block octets
 * @param chained whether it is in CBC mode
 */
record BlockCipher(String jcaName, String key, int block, boolean chained) {
  static final BlockCipher AES_CTR = new BlockCipher("AES/CTR/NoPadding", "AES", 16, false);
  static final BlockCipher AES_CBC = new BlockCipher("AES/CBC/NoPadding", "AES", 16, true);
  static final BlockCipher TRIPLE_DES_CBC =
      new BlockCipher("DESede/CBC/NoPadding", "DESede", 8, true);

  Cipher start(int mode, DirectionKeys keys) {
    Cipher cipher = Jdk.cipher(jcaName);
    try {
      cipher.init(mode, new SecretKeySpec(keys.key(), key), new IvParameterSpec(keys.iv()));
      return cipher;
    } catch (GeneralSecurityException e) {
      throw Jdk.missing(jcaName, e);
    }
  }
}
