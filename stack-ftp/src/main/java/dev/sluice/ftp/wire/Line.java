package dev.sluice.ftp.wire;

import dev.sluice.api.RawName;

/**
 * A line of the control connection, without its end.
 *
 * @param octets the line as received, Telnet codes taken out and {@code CR NUL} made {@code CR}
 * @param truncated whether octets beyond the limit were dropped
 * @param holdsNul whether the line had a NUL that did not follow a CR; it is left out
 */
public record Line(byte[] octets, boolean truncated, boolean holdsNul) {

  /** The line as text, octets that are not UTF-8 as in {@link RawName}. */
  public String text() {
    return RawName.decode(octets);
  }
}
