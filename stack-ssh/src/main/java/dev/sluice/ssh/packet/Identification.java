package dev.sluice.ssh.packet;

import dev.sluice.api.PeerMisbehaved;
import dev.sluice.api.RawName;
import java.nio.charset.StandardCharsets;

/**
 * A side's identification line (RFC 4253 section 4.2): {@code SSH-2.0-software comments}.
 *
 * @param line the line without its end, exactly as sent: it goes into the exchange hash; octets as
 *     ISO 8859-1
 */
public record Identification(String line) {
  /** Octets of the longest line that is sent, its end included. */
  static final int MAX_OCTETS = 255;

  private static final String PREFIX = "SSH-";

  /** Our own line; {@link IllegalArgumentException} when the wire cannot carry it. */
  public static Identification of(String software) {
    boolean legal =
        !software.isEmpty() && software.chars().allMatch(c -> c > ' ' && c < 0x7F && c != '-');
    if (!legal || software.length() > MAX_OCTETS - "SSH-2.0-\r\n".length()) {
      throw new IllegalArgumentException(
          "software version must be printable ASCII without space and '-', at most 245 long: "
              + RawName.escape(software));
    }
    return new Identification("SSH-2.0-" + software);
  }

  /** The peer's line; {@link PeerMisbehaved} when it speaks another version of SSH. */
  static Identification parse(String line) {
    Identification peer = new Identification(line);
    String version = peer.protocolVersion();
    if (!version.equals("2.0") && !version.equals("1.99")) {
      throw new PeerMisbehaved(
          "protocol version: the peer speaks SSH '"
              + RawName.escape(version)
              + "', not 2.0: "
              + peer.shown());
    }
    return peer;
  }

  static boolean isOne(String line) {
    return line.startsWith(PREFIX);
  }

  /** What the exchange hash takes: the line without its end. */
  public byte[] octets() {
    return line.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** What goes on the wire. */
  public byte[] encoded() {
    return (line + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
  }

  /** The line for people, without control characters. */
  public String shown() {
    return RawName.escape(line);
  }

  private String protocolVersion() {
    int end = line.indexOf('-', PREFIX.length());
    return end < 0 ? line.substring(PREFIX.length()) : line.substring(PREFIX.length(), end);
  }
}
