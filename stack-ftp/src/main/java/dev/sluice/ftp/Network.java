package dev.sluice.ftp;

import dev.sluice.ftp.io.Addresses;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * A block of addresses, as {@code 10.0.0.0/8} or {@code fd00::/8}.
 *
 * @param base an address of the block
 * @param prefixBits leading bits that count
 */
public record Network(InetAddress base, int prefixBits) {
  public Network {
    if (prefixBits < 0 || prefixBits > base.getAddress().length * 8) {
      throw new IllegalArgumentException("prefix of " + prefixBits + " bits for " + base);
    }
  }

  /**
   * Reads {@code address/bits}, or an address alone.
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
    byte[] theirs = Addresses.plain(address).getAddress();
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
}
