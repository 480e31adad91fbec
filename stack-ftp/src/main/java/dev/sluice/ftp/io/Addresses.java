package dev.sluice.ftp.io;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/** Comparisons of network addresses as FTP needs them. */
public final class Addresses {
  private Addresses() {}

  /** The IPv4 address inside a v4-mapped one; others without their zone. */
  public static InetAddress plain(InetAddress address) {
    byte[] octets = address.getAddress();
    try {
      if (octets.length == 16 && isMapped(octets)) {
        return InetAddress.getByAddress(Arrays.copyOfRange(octets, 12, 16));
      }
      return address instanceof Inet6Address ? InetAddress.getByAddress(octets) : address;
    } catch (UnknownHostException e) {
      throw new IllegalStateException("the length was checked", e);
    }
  }

  /** Whether both are the same address, v4-mapped forms equal and zones aside. */
  public static boolean same(InetAddress one, InetAddress other) {
    return Arrays.equals(plain(one).getAddress(), plain(other).getAddress());
  }

  public static boolean isIpv4(InetAddress address) {
    return plain(address) instanceof Inet4Address;
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
