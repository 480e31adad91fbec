package dev.sluice.ssh.kex;

import dev.sluice.ssh.wire.Encoded;
import dev.sluice.ssh.wire.Octet;
import dev.sluice.ssh.wire.SshViolation;
import dev.sluice.ssh.wire.Uint32;
import io.netty.buffer.ByteBuf;
import java.math.BigInteger;
import java.util.List;

/**
 * The size of group that a client asks for (RFC 4419 section 3), in bits as uint32.
 *
 * @param min the smallest it takes
 * @param preferred what it would like
 * @param max the largest it takes
 */
record GroupRequest(long min, long preferred, long max) {
  static final int NUMBER = 34;

  /** RFC 8270: less than 2048 bits is no longer asked for. */
  static final int MIN_BITS = 2048;

  /** What this client asks for. */
  static final GroupRequest OURS = new GroupRequest(MIN_BITS, 3072, 8192);

  private static final List<DhGroup> KNOWN =
      List.of(DhGroup.GROUP_14, DhGroup.GROUP_16, DhGroup.GROUP_18);

  static GroupRequest decode(ByteBuf in) {
    GroupRequest request = new GroupRequest(Uint32.read(in), Uint32.read(in), Uint32.read(in));
    Octet.requireEnd(in, "KEX_DH_GEX_REQUEST");
    return request;
  }

  byte[] encode() {
    return Encoded.bytes(out -> encodeFields(out.writeByte(NUMBER)));
  }

  void encodeFields(ByteBuf out) {
    Uint32.write(out, min);
    Uint32.write(out, preferred);
    Uint32.write(out, max);
  }

  /** The smallest known group that is as large as wished, else the largest that is allowed. */
  DhGroup choose() {
    if (preferred < min || max < preferred || max < MIN_BITS) {
      throw SshViolation.keyExchange(
          "a group of " + min + " to " + max + ", best " + preferred + " bits is asked for");
    }
    List<DhGroup> allowed =
        KNOWN.stream().filter(group -> group.bits() >= min && group.bits() <= max).toList();
    if (allowed.isEmpty()) {
      throw SshViolation.keyExchange("no group of " + min + " to " + max + " bits is known");
    }
    return allowed.stream()
        .filter(group -> group.bits() >= preferred)
        .findFirst()
        .orElse(allowed.get(allowed.size() - 1));
  }

  /** Refuses what a client would not ask for: size, an even modulus, a useless generator. */
  void check(DhGroup group) {
    if (group.bits() < min || group.bits() > max || !group.p().testBit(0)) {
      throw SshViolation.keyExchange("the server's modulus has " + group.bits() + " bits");
    }
    if (group.g().bitLength() < 2 || group.g().compareTo(group.p().subtract(BigInteger.TWO)) > 0) {
      throw SshViolation.keyExchange("the server's generator is outside 2 to p-2");
    }
  }
}
