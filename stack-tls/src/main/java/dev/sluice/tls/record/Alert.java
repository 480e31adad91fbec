package dev.sluice.tls.record;

import io.netty.buffer.ByteBuf;

/** The fatal alerts that are sent without the help of an engine (RFC 8446 section 6). */
public enum Alert {
  UNEXPECTED_MESSAGE(10),
  RECORD_OVERFLOW(22),
  ILLEGAL_PARAMETER(47),
  DECODE_ERROR(50),
  PROTOCOL_VERSION(70),
  UNRECOGNIZED_NAME(112),
  NO_APPLICATION_PROTOCOL(120);

  private static final int FATAL = 2;

  private final int code;

  Alert(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }

  /** Writes the alert as an unprotected record: valid only before keys are in use. */
  public void encode(ByteBuf out) {
    new TlsRecordHeader(ContentType.ALERT, 2).encode(out);
    out.writeByte(FATAL).writeByte(code);
  }
}
