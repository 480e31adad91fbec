package dev.sluice.sftp.message;

import dev.sluice.sftp.SftpVersion;
import dev.sluice.ssh.wire.Encoded;
import dev.sluice.ssh.wire.SshViolation;
import dev.sluice.ssh.wire.Uint32;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;

/**
 * Who may do what (draft-ietf-secsh-filexfer-04 section 5.7, -13 section 7.8).
 *
 * @param flags from version 6 on, else 0
 * @param entries in their order
 */
public record Acl(int flags, List<Entry> entries) {
  private static final int LEAST_ENTRY = 4 * Integer.BYTES;

  public Acl {
    entries = List.copyOf(entries);
  }

  /**
   * One rule.
   *
   * @param who {@code name@domain}, or a special name such as {@code OWNER@}
   */
  public record Entry(int type, int flag, int mask, String who) {}

  /** Reads the octets that {@link SftpAttributes.Details#acl()} holds. */
  public static Acl decode(byte[] octets, SftpVersion version) {
    ByteBuf in = Unpooled.wrappedBuffer(octets);
    int flags = version.atLeast(SftpVersion.V6) ? (int) Uint32.read(in) : 0;
    long count = Uint32.read(in);
    if (count > in.readableBytes() / LEAST_ENTRY) {
      throw SshViolation.protocol(count + " entries in an ACL of " + octets.length + " octets");
    }
    List<Entry> entries = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      entries.add(
          new Entry(
              (int) Uint32.read(in), (int) Uint32.read(in), (int) Uint32.read(in), Text.read(in)));
    }
    return new Acl(flags, entries);
  }

  public byte[] encode(SftpVersion version) {
    return Encoded.bytes(
        out -> {
          if (version.atLeast(SftpVersion.V6)) {
            out.writeInt(flags);
          }
          out.writeInt(entries.size());
          for (Entry entry : entries) {
            out.writeInt(entry.type).writeInt(entry.flag).writeInt(entry.mask);
            Text.write(out, entry.who);
          }
        });
  }
}
