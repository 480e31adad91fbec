package dev.sluice.ssh.algorithm;

import java.util.List;

/** The supported MACs (RFC 4253 section 6.4, RFC 6668, OpenSSH PROTOCOL section 1.5). */
public final class Macs {
  /** No MAC: for use with an AEAD cipher. It is never offered. */
  public static final MacAlgorithm NONE = new MacAlgorithm("none", "", 0, 0, false);

  public static final MacAlgorithm SHA256_ETM =
      new MacAlgorithm("hmac-sha2-256-etm@openssh.com", "HmacSHA256", 32, 32, true);
  public static final MacAlgorithm SHA512_ETM =
      new MacAlgorithm("hmac-sha2-512-etm@openssh.com", "HmacSHA512", 64, 64, true);
  public static final MacAlgorithm SHA256 =
      new MacAlgorithm("hmac-sha2-256", "HmacSHA256", 32, 32, false);
  public static final MacAlgorithm SHA512 =
      new MacAlgorithm("hmac-sha2-512", "HmacSHA512", 64, 64, false);
  public static final MacAlgorithm SHA1_ETM =
      new MacAlgorithm("hmac-sha1-etm@openssh.com", "HmacSHA1", 20, 20, true);
  public static final MacAlgorithm SHA1 = new MacAlgorithm("hmac-sha1", "HmacSHA1", 20, 20, false);

  /** What is offered by default, most preferred first. */
  public static final List<MacAlgorithm> DEFAULT = List.of(SHA256_ETM, SHA512_ETM, SHA256, SHA512);

  /** What old peers need; never offered unless asked for. */
  public static final List<MacAlgorithm> LEGACY = List.of(SHA1_ETM, SHA1);

  private Macs() {}
}
