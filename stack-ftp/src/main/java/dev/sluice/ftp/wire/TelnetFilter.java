package dev.sluice.ftp.wire;

import io.netty.buffer.ByteBuf;

/**
 * Takes the Telnet codes out of a stream of octets (RFC 854; RFC 959 section 4.1.3; RFC 1123
 * section 4.1.2.12).
 *
 * <p>A doubled IAC is the octet 0xFF. Requests for an option are refused, commands are dropped, and
 * an IAC before an octet below 0xF0 is dropped alone: clients that interrupt a transfer send IAC IP
 * IAC DM, of which an urgent DM may be missing. State is one octet long.
 */
final class TelnetFilter {
  /** The result of {@link #accept} when there is no octet to pass on. */
  static final int NOTHING = -1;

  private static final int IAC = 0xFF;
  private static final int DONT = 0xFE;
  private static final int DO = 0xFD;
  private static final int WONT = 0xFC;
  private static final int WILL = 0xFB;
  private static final int FIRST_COMMAND = 0xF0;

  private int pending = NOTHING;

  /**
   * The octet that {@code octet} stands for, or {@link #NOTHING}.
   *
   * @param refusals where an answer to an option request goes; three octets at most
   */
  int accept(int octet, ByteBuf refusals) {
    int before = pending;
    pending = NOTHING;
    if (before == NOTHING) {
      if (octet != IAC) {
        return octet;
      }
      pending = IAC;
      return NOTHING;
    }
    if (before == IAC) {
      return afterIac(octet);
    }
    if (before == DO) {
      refusals.writeByte(IAC).writeByte(WONT).writeByte(octet);
    } else if (before == WILL) {
      refusals.writeByte(IAC).writeByte(DONT).writeByte(octet);
    }
    return NOTHING;
  }

  private int afterIac(int octet) {
    if (octet == IAC || octet < FIRST_COMMAND) {
      return octet;
    }
    if (octet >= WILL) {
      pending = octet;
    }
    return NOTHING;
  }
}
