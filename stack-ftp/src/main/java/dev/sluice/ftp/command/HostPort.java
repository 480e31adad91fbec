package dev.sluice.ftp.command;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/** The six decimals of PORT and of the 227 reply (RFC 959 section 5.3.2). Never octal. */
public final class HostPort {
  private HostPort() {}

  /** The address in exactly six decimals from 0 to 255, port not 0; empty = malformed. */
  public static Optional<InetSocketAddress> parse(String text) {
    String[] parts = text.split(",", -1);
    if (parts.length != 6) {
      return Optional.empty();
    }
    int[] numbers = new int[6];
    for (int i = 0; i < 6; i++) {
      if (!parts[i].matches("[0-9]{1,3}") || (numbers[i] = Integer.parseInt(parts[i])) > 255) {
        return Optional.empty();
      }
    }
    int port = numbers[4] << 8 | numbers[5];
    if (port == 0) {
      return Optional.empty();
    }
    byte[] address = new byte[4];
    for (int i = 0; i < 4; i++) {
      address[i] = (byte) numbers[i];
    }
    try {
      return Optional.of(new InetSocketAddress(InetAddress.getByAddress(address), port));
    } catch (UnknownHostException e) {
      throw new IllegalStateException("four octets are always an address", e);
    }
  }

  /** The six decimals for an address. */
  public static String format(Inet4Address address, int port) {
    StringBuilder text = new StringBuilder(23);
    for (byte octet : address.getAddress()) {
      text.append(octet & 0xFF).append(',');
    }
    return text.append(port >> 8).append(',').append(port & 0xFF).toString();
  }
}
