package dev.sluice.ssh.algorithm;

import java.security.GeneralSecurityException;
import java.security.Key;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The primitives of the JDK that every Java has. */
final class Jdk {
  private Jdk() {}

  static Key aesKey(byte[] key) {
    return new SecretKeySpec(key, "AES");
  }

  static Cipher cipher(String jcaName) {
    try {
      return Cipher.getInstance(jcaName);
    } catch (GeneralSecurityException e) {
      throw missing(jcaName, e);
    }
  }

  static Mac mac(String jcaName, byte[] key) {
    try {
      Mac mac = Mac.getInstance(jcaName);
      mac.init(new SecretKeySpec(key, jcaName));
      return mac;
    } catch (GeneralSecurityException e) {
      throw missing(jcaName, e);
    }
  }

  /** The exception for a call that fails only if we make it wrongly. */
  static IllegalStateException missing(String what, GeneralSecurityException e) {
    return new IllegalStateException(what + " failed", e);
  }
}
