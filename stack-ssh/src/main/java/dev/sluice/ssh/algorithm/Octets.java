package dev.sluice.ssh.algorithm;

import dev.sluice.ssh.wire.DisconnectReason;
import dev.sluice.ssh.wire.SshViolation;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Numbers and tags in arrays. */
final class Octets {
  /** Bytes of {@code packet_length}. */
  static final int LENGTH_BYTES = 4;

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private Octets() {}

  static long uint32(byte[] octets, int offset) {
    return (int) INT.get(octets, offset) & 0xFFFF_FFFFL;
  }

  static void putInt(byte[] octets, int offset, int value) {
    INT.set(octets, offset, value);
  }

  static long getLong(byte[] octets, int offset) {
    return (long) LONG.get(octets, offset);
  }

  static void putLong(byte[] octets, int offset, long value) {
    LONG.set(octets, offset, value);
  }

  /** Compares without revealing by its time where the first difference is. */
  static boolean sameTag(byte[] expected, byte[] octets, int offset, int length) {
    int difference = 0;
    for (int i = 0; i < length; i++) {
      difference |= expected[i] ^ octets[offset + i];
    }
    return difference == 0;
  }

  /** Wipes what has been decrypted and returns the error that says why none of it is delivered. */
  static SshViolation wrongTag(byte[] out, int outOffset, int packetLength) {
    Arrays.fill(out, outOffset, outOffset + LENGTH_BYTES + packetLength, (byte) 0);
    return new SshViolation(DisconnectReason.MAC_ERROR, "a packet's MAC is wrong");
  }
}
