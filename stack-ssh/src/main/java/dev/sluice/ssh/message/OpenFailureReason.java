package dev.sluice.ssh.message;

/** Why a channel was refused (RFC 4254 section 5.1). */
public enum OpenFailureReason {
  ADMINISTRATIVELY_PROHIBITED(1),
  CONNECT_FAILED(2),
  UNKNOWN_CHANNEL_TYPE(3),
  RESOURCE_SHORTAGE(4);

  private final int code;

  OpenFailureReason(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }

  /** The reason's name, or the number of an unknown one. */
  public static String describe(int code) {
    for (OpenFailureReason reason : values()) {
      if (reason.code == code) {
        return reason.name();
      }
    }
    return "reason " + Integer.toUnsignedString(code);
  }
}
