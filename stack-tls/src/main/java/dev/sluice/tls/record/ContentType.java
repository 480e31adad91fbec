package dev.sluice.tls.record;

/** What a record carries (RFC 8446 section 5.1). */
public enum ContentType {
  CHANGE_CIPHER_SPEC(20),
  ALERT(21),
  HANDSHAKE(22),
  APPLICATION_DATA(23);

  private static final int FIRST = 20;

  private final int code;

  ContentType(int code) {
    this.code = code;
  }

  /** The octet on the wire. */
  public int code() {
    return code;
  }

  static ContentType of(int code) {
    if (code < FIRST || code >= FIRST + values().length) {
      throw new BrokenRecord(Alert.UNEXPECTED_MESSAGE, "record of type " + code);
    }
    return values()[code - FIRST];
  }
}
