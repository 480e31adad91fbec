package dev.sluice.ssh.algorithm;

import java.util.List;

/** The supported ciphers (RFC 4253 section 6.3, RFC 4344, RFC 5647, OpenSSH PROTOCOL). */
public final class Ciphers {
  public static final CipherAlgorithm AES128_GCM = gcm("aes128-gcm@openssh.com", 16);
  public static final CipherAlgorithm AES256_GCM = gcm("aes256-gcm@openssh.com", 32);
  public static final CipherAlgorithm CHACHA20_POLY1305 =
      new CipherAlgorithm(
          "chacha20-poly1305@openssh.com",
          64,
          0,
          true,
          (mac, keys) -> new ChaChaSealer(keys),
          (mac, keys) -> new ChaChaOpener(keys));
  public static final CipherAlgorithm AES128_CTR = ctr("aes128-ctr", 16);
  public static final CipherAlgorithm AES192_CTR = ctr("aes192-ctr", 24);
  public static final CipherAlgorithm AES256_CTR = ctr("aes256-ctr", 32);
  public static final CipherAlgorithm AES128_CBC = cbc("aes128-cbc", 16);
  public static final CipherAlgorithm AES192_CBC = cbc("aes192-cbc", 24);
  public static final CipherAlgorithm AES256_CBC = cbc("aes256-cbc", 32);

  /** Triple DES: blocks of 8 octets are so small that 32 GiB suffice for an attack (Sweet32). */
  public static final CipherAlgorithm TRIPLE_DES_CBC =
      new CipherAlgorithm(
          "3des-cbc",
          24,
          8,
          false,
          (mac, keys) -> new BlockSealer(BlockCipher.TRIPLE_DES_CBC, mac, keys),
          (mac, keys) -> new BlockOpener(BlockCipher.TRIPLE_DES_CBC, mac, keys));

  /** No protection: packets before the first NEWKEYS. It is never offered. */
  public static final CipherAlgorithm NONE =
      new CipherAlgorithm(
          "none",
          0,
          0,
          true,
          (mac, keys) -> PlainPackets.SEALER,
          (mac, keys) -> PlainPackets.OPENER);

  /** What is offered by default, most preferred first. */
  public static final List<CipherAlgorithm> DEFAULT =
      List.of(AES128_GCM, AES256_GCM, CHACHA20_POLY1305, AES128_CTR, AES192_CTR, AES256_CTR);

  /** What old peers need; never offered unless asked for. */
  public static final List<CipherAlgorithm> LEGACY =
      List.of(AES128_CBC, AES192_CBC, AES256_CBC, TRIPLE_DES_CBC);

  private Ciphers() {}

  private static CipherAlgorithm gcm(String name, int keyLength) {
    return new CipherAlgorithm(
        name,
        keyLength,
        12,
        true,
        (mac, keys) -> new GcmSealer(keys),
        (mac, keys) -> new GcmOpener(keys));
  }

  private static CipherAlgorithm ctr(String name, int keyLength) {
    return aes(BlockCipher.AES_CTR, name, keyLength);
  }

  private static CipherAlgorithm cbc(String name, int keyLength) {
    return aes(BlockCipher.AES_CBC, name, keyLength);
  }

  private static CipherAlgorithm aes(BlockCipher with, String name, int keyLength) {
    return new CipherAlgorithm(
        name,
        keyLength,
        16,
        false,
        (mac, keys) -> new BlockSealer(with, mac, keys),
        (mac, keys) -> new BlockOpener(with, mac, keys));
  }
}
