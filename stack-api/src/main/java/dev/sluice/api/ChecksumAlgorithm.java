package dev.sluice.api;

/** A digest over the octets of a file, by its registered name. */
public enum ChecksumAlgorithm {
  CRC32("CRC32"),
  MD5("MD5"),
  SHA_1("SHA-1"),
  SHA_256("SHA-256"),
  SHA_512("SHA-512");

  private final String registeredName;

  ChecksumAlgorithm(String registeredName) {
    this.registeredName = registeredName;
  }

  /** The name in the IANA hash function registry, which is also the JCE name; CRC32 has none. */
  public String registeredName() {
    return registeredName;
  }
}
