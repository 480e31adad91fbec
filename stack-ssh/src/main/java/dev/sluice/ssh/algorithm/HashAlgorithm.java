package dev.sluice.ssh.algorithm;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The hashes that key exchanges and signatures use. */
public enum HashAlgorithm {
  /** Only for algorithms that are off by default. */
  SHA1("SHA-1"),
  SHA256("SHA-256"),
  SHA384("SHA-384"),
  SHA512("SHA-512");

  private final String jcaName;

  HashAlgorithm(String jcaName) {
    this.jcaName = jcaName;
  }

  /** A hash that has begun. */
  public MessageDigest start() {
    try {
      return MessageDigest.getInstance(jcaName);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no " + jcaName, e);
    }
  }

  /** The hash of {@code parts}, one after the other. */
  public byte[] of(byte[]... parts) {
    MessageDigest digest = start();
    for (byte[] part : parts) {
      digest.update(part);
    }
    return digest.digest();
  }
}
