package dev.sluice.ftp;

/** The representation type of a transfer (RFC 959 section 3.1.1). */
public enum TransferType {
  /** {@code TYPE A}: lines end in {@code CR LF} on the wire and in {@code LF} in files. */
  ASCII("A"),
  /** {@code TYPE I}: octets as they are. {@code TYPE L 8} is the same. */
  IMAGE("I");

  private final String code;

  TransferType(String code) {
    this.code = code;
  }

  /** The argument of {@code TYPE}. */
  public String code() {
    return code;
  }
}
