package dev.sluice.ftp.io;

import dev.sluice.transport.Network;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Arrays;

/** Comparisons of network addresses as FTP needs them. */
public final class Addresses {
  private Addresses() {}

  /** The IPv4 address inside a v4-mapped one; others without their zone. */
  public static InetAddress plain(InetAddress address) {
    return Network.plain(address);
  }

  /** Whether both are the same address, v4-mapped forms equal and zones aside. */
  public static boolean same(InetAddress one, InetAddress other) {
    return Arrays.equals(plain(one).getAddress(), plain(other).getAddress());
  }

  public static boolean isIpv4(InetAddress address) {
    return plain(address) instanceof Inet4Address;
  }
}
