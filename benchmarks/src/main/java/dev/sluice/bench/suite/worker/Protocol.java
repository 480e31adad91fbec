package dev.sluice.bench.suite.worker;

/** The protocols, and how they are protected in all comparisons. */
public enum Protocol {
  FTP("FTP", "in clear"),
  FTPS(
      "FTPS",
      "TLS 1.3, " + Protocol.TLS_SUITE + ", PROT P, RSA 2048 certificates; lftp as it prefers"),
  SFTP("SFTP", "aes128-gcm@openssh.com, curve25519-sha256, ecdsa-sha2-nistp256 keys");

  /** What our programs prefer, and what curl and commons-net are told to use. */
  public static final String TLS_SUITE = "TLS_AES_128_GCM_SHA256";

  private final String label;
  private final String protection;

  Protocol(String label, String protection) {
    this.label = label;
    this.protection = protection;
  }

  /** For people. */
  public String label() {
    return label;
  }

  public String protection() {
    return protection;
  }
}
