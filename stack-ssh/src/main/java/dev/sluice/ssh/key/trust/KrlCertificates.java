package dev.sluice.ssh.key.trust;

import dev.sluice.ssh.key.Certificate;
import dev.sluice.ssh.wire.Octet;
import dev.sluice.ssh.wire.SshString;
import dev.sluice.ssh.wire.SshViolation;
import dev.sluice.ssh.wire.Uint64;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The certificates of one authority, or of any, that a key revocation list revokes. */
final class KrlCertificates {
  private static final int SERIAL_LIST = 0x20;
  private static final int SERIAL_RANGE = 0x21;
  private static final int SERIAL_BITMAP = 0x22;
  private static final int KEY_ID = 0x23;
  private static final int EXTENSION = 0x39;

  private static final int MAX_KEY_ID = 64 * 1024;

  /** First and last serial numbers, unsigned; no two ranges touch. */
  private final TreeMap<Long, Long> ranges = new TreeMap<>(Long::compareUnsigned);

  private final List<Bitmap> bitmaps = new ArrayList<>();
  private final Set<String> keyIds = new HashSet<>();

  /**
   * Serial numbers from {@code offset} on, one a bit.
   *
   * @param bits the highest first, as in an mpint
   */
  private record Bitmap(long offset, byte[] bits) {
    boolean contains(long serial) {
      long bit = serial - offset;
      if (Long.compareUnsigned(serial, offset) < 0
          || Long.compareUnsigned(bit, 8L * bits.length) >= 0) {
        return false;
      }
      int at = bits.length - 1 - (int) (bit >>> 3);
      return (bits[at] >> (bit & 7) & 1) == 1;
    }
  }

  /** Reads a section after its authority. */
  void read(ByteBuf in) {
    while (in.isReadable()) {
      int type = Octet.read(in);
      ByteBuf data = SshString.readSlice(in);
      switch (type) {
        case SERIAL_LIST -> {
          while (data.isReadable()) {
            long serial = Uint64.read(data);
            add(serial, serial);
          }
        }
        case SERIAL_RANGE -> {
          long first = Uint64.read(data);
          long last = Uint64.read(data);
          Octet.requireEnd(data, "a KRL range");
          if (Long.compareUnsigned(first, last) > 0) {
            throw SshViolation.protocol("KRL: a range that ends before it begins");
          }
          add(first, last);
        }
        case SERIAL_BITMAP -> {
          bitmaps.add(new Bitmap(Uint64.read(data), SshString.read(data)));
          Octet.requireEnd(data, "a KRL bitmap");
        }
        case KEY_ID -> {
          while (data.isReadable()) {
            keyIds.add(SshString.readUtf8(data, MAX_KEY_ID));
          }
        }
        case EXTENSION -> Krl.extension(data);
        default -> throw SshViolation.protocol("KRL: unknown certificate section " + type);
      }
    }
  }

  /**
   * Serial number 0 comes from authorities that do not number certificates, and identifies none.
   */
  boolean revokes(Certificate certificate) {
    return keyIds.contains(certificate.keyId())
        || certificate.serial() != 0 && revokes(certificate.serial());
  }

  private boolean revokes(long serial) {
    Map.Entry<Long, Long> range = ranges.floorEntry(serial);
    return range != null && Long.compareUnsigned(serial, range.getValue()) <= 0
        || bitmaps.stream().anyMatch(bitmap -> bitmap.contains(serial));
  }

  /** Joins a range with those that it overlaps, so that one look-up suffices. */
  private void add(long first, long last) {
    long from = first;
    long to = last;
    Map.Entry<Long, Long> before = ranges.floorEntry(first);
    if (before != null && Long.compareUnsigned(before.getValue(), first) >= 0) {
      from = before.getKey();
      to = max(to, before.getValue());
    }
    Map.Entry<Long, Long> next = ranges.ceilingEntry(from);
    while (next != null && Long.compareUnsigned(next.getKey(), to) <= 0) {
      to = max(to, next.getValue());
      ranges.remove(next.getKey());
      next = ranges.ceilingEntry(from);
    }
    ranges.put(from, to);
  }

  private static long max(long a, long b) {
    return Long.compareUnsigned(a, b) >= 0 ? a : b;
  }
}
