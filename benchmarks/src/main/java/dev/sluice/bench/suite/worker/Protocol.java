package dev.sluice.bench.suite.worker;

/** What is spoken, and how it is protected in all comparisons. */
public enum Protocol {
  FTP("FTP", "none"),
  FTPS("FTPS", "TLS 1.3, data connections protected (PROT P), RSA 2048 certificates"),
  SFTP("SFTP", "aes128-gcm@openssh.com, curve25519-sha256, ecdsa-sha2-nistp256 keys");

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
