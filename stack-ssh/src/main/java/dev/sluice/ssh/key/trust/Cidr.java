package dev.sluice.ssh.key.trust;

import io.netty.util.NetUtil;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A range of addresses.
 *
 * @param network four or sixteen octets
 * @param bits how many of them all addresses of the range share
 */
record Cidr(byte[] network, int bits) {

  /** Reads {@code address/bits}; empty = it is not a range. */
  static Optional<Cidr> parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0 || !text.substring(slash + 1).matches("[0-9]{1,3}")) {
      return Optional.empty();
    }
    byte @Nullable [] network =
        NetUtil.createByteArrayFromIpAddressString(text.substring(0, slash));
    int bits = Integer.parseInt(text.substring(slash + 1));
    return network == null || bits > network.length * 8
        ? Optional.empty()
        : Optional.of(new Cidr(network, bits));
  }

  /** Whether an address, in the usual notation, is in the range. */
  boolean contains(String address) {
    byte @Nullable [] octets = NetUtil.createByteArrayFromIpAddressString(address);
    if (octets == null || octets.length != network.length) {
      return false;
    }
    for (int bit = 0; bit < bits; bit++) {
      int mask = 0x80 >> bit % 8;
      if (((octets[bit / 8] ^ network[bit / 8]) & mask) != 0) {
        return false;
      }
    }
    return true;
  }
}
