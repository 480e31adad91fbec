package dev.sluice.cli.ping;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * What a server offers over SSH: the lists of its SSH_MSG_KEXINIT (RFC 4253 section 7.1).
 *
 * @param kex methods of key exchange
 * @param hostKeys algorithms of host keys
 * @param ciphers to the server
 * @param macs to the server
 */
public record SshLook(
    List<String> kex, List<String> hostKeys, List<String> ciphers, List<String> macs) {
  private static final int LONGEST_PACKET = 35_000;
  private static final int MOST_OCTETS_BEFORE = 8_192;
  private static final int KEXINIT = 20;
  private static final int COOKIE_OCTETS = 16;

  /** Connects, says hello and reads the lists. */
  public static SshLook of(InetSocketAddress address, Duration patience) throws IOException {
    try (Socket socket = Greeting.connected(address, patience)) {
      DataInputStream in = new DataInputStream(socket.getInputStream());
      socket.getOutputStream().write("SSH-2.0-Sluice_ping\r\n".getBytes(StandardCharsets.US_ASCII));
      skipGreeting(in);
      int length = in.readInt();
      if (length < 2 || length > LONGEST_PACKET) {
        throw new IOException("a first packet of " + length + " octets");
      }
      byte[] packet = new byte[length];
      in.readFully(packet);
      if (packet[1] != KEXINIT) {
        throw new IOException("a first message of type " + packet[1]);
      }
      return lists(ByteBuffer.wrap(packet, 2 + COOKIE_OCTETS, length - 2 - COOKIE_OCTETS));
    }
  }

  /** Lines may come before the version (RFC 4253 section 4.2). */
  private static void skipGreeting(DataInputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < MOST_OCTETS_BEFORE; i++) {
      int octet = in.readUnsignedByte();
      if (octet != '\n') {
        line.append((char) octet);
      } else if (line.indexOf("SSH-") == 0) {
        return;
      } else {
        line.setLength(0);
      }
    }
    throw new IOException("no version in the first " + MOST_OCTETS_BEFORE + " octets");
  }

  private static SshLook lists(ByteBuffer body) throws IOException {
    List<String> kex = list(body);
    List<String> hostKeys = list(body);
    List<String> ciphers = list(body);
    list(body);
    List<String> macs = list(body);
    return new SshLook(kex, hostKeys, ciphers, macs);
  }

  private static List<String> list(ByteBuffer body) throws IOException {
    int length = body.remaining() < Integer.BYTES ? -1 : body.getInt();
    if (length < 0 || length > body.remaining()) {
      throw new IOException("a list of algorithms that does not fit into its packet");
    }
    byte[] octets = new byte[length];
    body.get(octets);
    return List.of(new String(octets, StandardCharsets.US_ASCII).split(","));
  }
}
