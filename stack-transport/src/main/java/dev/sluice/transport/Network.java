package dev.sluice.transport;

import io.netty.util.NetUtil;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * A block of addresses, such as {@code 10.0.0.0/8} or {@code fd00::/8}.
 *
 * @param base an address of the block
 * @param prefixBits leading bits that count
 */
public record Network(InetAddress base, int prefixBits) {
  private static final int IPV4_OCTETS = 4;

  public Network {
    if (prefixBits < 0 || prefixBits > base.getAddress().length * 8) {
      throw new IllegalArgumentException("prefix of " + prefixBits + " bits for " + base);
    }
  }

  /**
   * Parses {@code address/bits}, or an address alone.
   *
   * @throws IllegalArgumentException when it is neither
   */
  public static Network parse(String text) {
    int slash = text.indexOf('/');
    String address = slash < 0 ? text : text.substring(0, slash);
    byte[] octets = NetUtil.createByteArrayFromIpAddressString(address);
    if (octets == null) {
      throw new IllegalArgumentException("no network: " + text);
    }
    try {
      int bits = slash < 0 ? octets.length * 8 : Integer.parseInt(text.substring(slash + 1));
      return new Network(InetAddress.getByAddress(octets), bits);
    } catch (UnknownHostException | NumberFormatException e) {
      throw new IllegalArgumentException("no network: " + text, e);
    }
  }

  /** Whether {@code address} lies in the block; v4-mapped addresses count as IPv4. */
  public boolean contains(InetAddress address) {
    byte[] mine = base.getAddress();
    byte[] theirs = plain(address).getAddress();
    if (mine.length != theirs.length) {
      return false;
    }
    for (int bit = 0; bit < prefixBits; bit++) {
      int mask = 0x80 >> (bit & 7);
      if ((mine[bit >> 3] & mask) != (theirs[bit >> 3] & mask)) {
        return false;
      }
    }
    return true;
  }

  /**
   * The block that counts as one client: an IPv4 address, or the /64 of an IPv6 address, since one
   * host can use all addresses of a /64 (RFC 4291 section 2.5.4).
   */
  public static Network ofClient(InetAddress address) {
    byte[] octets = plain(address).getAddress();
    if (octets.length == IPV4_OCTETS) {
      return new Network(of(octets), octets.length * 8);
    }
    Arrays.fill(octets, octets.length / 2, octets.length, (byte) 0);
    return new Network(of(octets), octets.length * 4);
  }

  /** The IPv4 address inside a v4-mapped address; other addresses without their zone. */
  public static InetAddress plain(InetAddress address) {
    byte[] octets = address.getAddress();
    if (octets.length != IPV4_OCTETS && isMapped(octets)) {
      return of(Arrays.copyOfRange(octets, 12, 16));
    }
    return address instanceof Inet6Address ? of(octets) : address;
  }

  @Override
  public String toString() {
    boolean whole = prefixBits == base.getAddress().length * 8;
    return whole ? base.getHostAddress() : base.getHostAddress() + "/" + prefixBits;
  }

  private static InetAddress of(byte[] octets) {
    try {
      return InetAddress.getByAddress(octets);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address has a legal length", e);
    }
  }

  private static boolean isMapped(byte[] octets) {
    for (int i = 0; i < 10; i++) {
      if (octets[i] != 0) {
        return false;
      }
    }
    return octets[10] == -1 && octets[11] == -1;
  }
}
