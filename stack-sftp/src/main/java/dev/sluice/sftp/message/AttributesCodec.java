package dev.sluice.sftp.message;

import static dev.sluice.sftp.SftpVersion.V3;
import static dev.sluice.sftp.SftpVersion.V4;
import static dev.sluice.sftp.SftpVersion.V5;
import static dev.sluice.sftp.SftpVersion.V6;
import static java.time.temporal.ChronoField.NANO_OF_SECOND;

import dev.sluice.sftp.SftpVersion;
import dev.sluice.sftp.message.SftpAttributes.Bits;
import dev.sluice.sftp.message.SftpAttributes.Details;
import dev.sluice.sftp.message.SftpAttributes.Owner;
import dev.sluice.sftp.message.SftpAttributes.Pair;
import dev.sluice.ssh.wire.Octet;
import dev.sluice.ssh.wire.SshString;
import dev.sluice.ssh.wire.SshViolation;
import dev.sluice.ssh.wire.Uint32;
import dev.sluice.ssh.wire.Uint64;
import io.netty.buffer.ByteBuf;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The layouts of ATTRS (draft-ietf-secsh-filexfer-02 section 5, -04 section 5, -05 section 5, -13
 * section 7). A field's nanoseconds follow its seconds; PERMISSIONS is 0x04 in every version, 0x40
 * in draft 04 is a misprint.
 */
final class AttributesCodec {
  private static final int PERMISSION_BITS = 07777;
  private static final int MAX_NANOS = 999_999_999;

  private AttributesCodec() {}

  /** The flags that a version defines. */
  static long known(SftpVersion version) {
    return Field.known(version);
  }

  static SftpAttributes read(ByteBuf in, Dialect dialect) {
    long flags = Uint32.read(in);
    long unknown = flags & ~known(dialect.version());
    if (unknown != 0) {
      throw SshViolation.protocol("attribute flags 0x" + Long.toHexString(unknown));
    }
    return dialect.version() == V3 ? readOld(in, flags) : readNew(in, dialect, flags);
  }

  static void write(ByteBuf out, SftpAttributes attributes, Dialect dialect) {
    if (dialect.version() == V3) {
      writeOld(out, attributes);
    } else {
      writeNew(out, attributes, dialect);
    }
  }

  private static SftpAttributes readOld(ByteBuf in, long flags) {
    SftpAttributes read = SftpAttributes.NONE;
    if (Field.SIZE.in(flags)) {
      read = read.withSize(size(in));
    }
    if (Field.UIDGID.in(flags)) {
      read =
          read.withOwner(new Owner(Long.toString(Uint32.read(in)), Long.toString(Uint32.read(in))));
    }
    if (Field.PERMISSIONS.in(flags)) {
      long mode = Uint32.read(in);
      read = read.withType(FileType.ofMode(mode)).withPermissions((int) mode & PERMISSION_BITS);
    }
    if (Field.ACCESSED.in(flags)) {
      read =
          read.withTimes(
              Instant.ofEpochSecond(Uint32.read(in)), Instant.ofEpochSecond(Uint32.read(in)));
    }
    return Field.EXTENDED.in(flags) ? read.withExtended(pairs(in)) : read;
  }

  private static void writeOld(ByteBuf out, SftpAttributes from) {
    Owner ids = numeric(from.owner());
    Integer mode = from.permissions();
    boolean times = from.accessed() != null || from.modified() != null;
    long flags =
        Field.SIZE.when(from.size() != null)
            | Field.UIDGID.when(ids != null)
            | Field.PERMISSIONS.when(mode != null)
            | Field.ACCESSED.when(times)
            | Field.EXTENDED.when(!from.extended().isEmpty());
    Uint32.write(out, flags);
    if (from.size() != null) {
      out.writeLong(from.size());
    }
    if (ids != null) {
      Uint32.write(out, Long.parseLong(ids.user()));
      Uint32.write(out, Long.parseLong(ids.group()));
    }
    if (mode != null) {
      out.writeInt(mode & PERMISSION_BITS | from.type().mode());
    }
    if (times) {
      Uint32.write(out, seconds(from.accessed() == null ? from.modified() : from.accessed()));
      Uint32.write(out, seconds(from.modified() == null ? from.accessed() : from.modified()));
    }
    writePairs(out, from.extended());
  }

  private static SftpAttributes readNew(ByteBuf in, Dialect dialect, long flags) {
    FileType type = FileType.of(Octet.read(in));
    boolean nanos = Field.SUBSECOND.in(flags);
    Long size = Field.SIZE.in(flags) ? size(in) : null;
    Long allocation = Field.ALLOCATION.in(flags) ? size(in) : null;
    Owner owner = Field.OWNER.in(flags) ? new Owner(Text.read(in), Text.read(in)) : null;
    Integer mode = Field.PERMISSIONS.in(flags) ? (int) (Uint32.read(in) & PERMISSION_BITS) : null;
    Instant accessed = Field.ACCESSED.in(flags) ? time(in, nanos) : null;
    Instant created = Field.CREATED.in(flags) ? time(in, nanos) : null;
    Instant modified = Field.MODIFIED.in(flags) ? time(in, nanos) : null;
    Instant changed = Field.CHANGED.in(flags) ? time(in, nanos) : null;
    Details details = readDetails(in, dialect, flags, allocation);
    List<Pair> extended = Field.EXTENDED.in(flags) ? pairs(in) : List.of();
    return new SftpAttributes(
        type, size, owner, mode, accessed, created, modified, changed, details, extended);
  }

  private static Details readDetails(
      ByteBuf in, Dialect dialect, long flags, @Nullable Long allocation) {
    byte[] acl = Field.ACL.in(flags) ? SshString.read(in) : null;
    Bits bits = Field.BITS.in(flags) ? readBits(in, dialect) : null;
    Integer textHint = Field.TEXT_HINT.in(flags) ? Octet.read(in) : null;
    String mimeType = Field.MIME_TYPE.in(flags) ? Text.read(in) : null;
    Integer links =
        Field.LINKS.in(flags) ? (int) Math.min(Uint32.read(in), Integer.MAX_VALUE) : null;
    String untranslated = Field.UNTRANSLATED.in(flags) ? Text.read(in) : null;
    return new Details(allocation, acl, bits, textHint, mimeType, links, untranslated);
  }

  private static void writeNew(ByteBuf out, SftpAttributes from, Dialect dialect) {
    boolean nanos = hasNanos(from);
    long flags = flags(from, nanos) & Field.known(dialect.version());
    Uint32.write(out, flags);
    out.writeByte(from.type().number(dialect.version()));
    if (from.size() != null) {
      out.writeLong(from.size());
    }
    if (Field.ALLOCATION.in(flags) && from.details().allocation() != null) {
      out.writeLong(from.details().allocation());
    }
    if (from.owner() != null) {
      Text.write(out, from.owner().user());
      Text.write(out, from.owner().group());
    }
    if (from.permissions() != null) {
      out.writeInt(from.permissions() & PERMISSION_BITS);
    }
    writeTime(out, from.accessed(), nanos);
    writeTime(out, from.created(), nanos);
    writeTime(out, from.modified(), nanos);
    if (Field.CHANGED.in(flags)) {
      writeTime(out, from.changed(), nanos);
    }
    writeDetails(out, from.details(), dialect);
    writePairs(out, from.extended());
  }

  private static long flags(SftpAttributes from, boolean nanos) {
    Details details = from.details();
    return Field.SIZE.when(from.size() != null)
        | Field.ALLOCATION.when(details.allocation() != null)
        | Field.OWNER.when(from.owner() != null)
        | Field.PERMISSIONS.when(from.permissions() != null)
        | Field.ACCESSED.when(from.accessed() != null)
        | Field.CREATED.when(from.created() != null)
        | Field.MODIFIED.when(from.modified() != null)
        | Field.CHANGED.when(from.changed() != null)
        | Field.SUBSECOND.when(nanos)
        | Field.ACL.when(details.acl() != null)
        | Field.BITS.when(details.bits() != null)
        | Field.TEXT_HINT.when(details.textHint() != null)
        | Field.MIME_TYPE.when(details.mimeType() != null)
        | Field.LINKS.when(details.links() != null)
        | Field.UNTRANSLATED.when(details.untranslatedName() != null)
        | Field.EXTENDED.when(!from.extended().isEmpty());
  }

  private static void writeDetails(ByteBuf out, Details details, Dialect dialect) {
    if (details.acl() != null) {
      SshString.write(out, details.acl());
    }
    if (details.bits() != null && dialect.since(V5)) {
      out.writeInt(details.bits().value());
      if (dialect.since(V6)) {
        out.writeInt(details.bits().valid());
      }
    }
    if (!dialect.since(V6)) {
      return;
    }
    if (details.textHint() != null) {
      out.writeByte(details.textHint());
    }
    if (details.mimeType() != null) {
      Text.write(out, details.mimeType());
    }
    if (details.links() != null) {
      out.writeInt(details.links());
    }
    if (details.untranslatedName() != null) {
      Text.write(out, details.untranslatedName());
    }
  }

  private static Bits readBits(ByteBuf in, Dialect dialect) {
    int value = (int) Uint32.read(in);
    return new Bits(value, dialect.since(V6) ? (int) Uint32.read(in) : value);
  }

  private static long size(ByteBuf in) {
    long size = Uint64.read(in);
    if (size < 0) {
      throw SshViolation.protocol("a size above 2^63-1");
    }
    return size;
  }

  private static Instant time(ByteBuf in, boolean nanos) {
    long seconds = Uint64.read(in);
    long fraction = nanos ? Uint32.read(in) : 0;
    if (fraction > MAX_NANOS) {
      throw SshViolation.protocol(fraction + " nanoseconds");
    }
    long clamped =
        Math.max(Instant.MIN.getEpochSecond(), Math.min(seconds, Instant.MAX.getEpochSecond()));
    return Instant.ofEpochSecond(clamped, fraction);
  }

  private static void writeTime(ByteBuf out, @Nullable Instant time, boolean nanos) {
    if (time != null) {
      out.writeLong(time.getEpochSecond());
      if (nanos) {
        out.writeInt(time.get(NANO_OF_SECOND));
      }
    }
  }

  private static boolean hasNanos(SftpAttributes from) {
    return isFraction(from.accessed())
        || isFraction(from.created())
        || isFraction(from.modified())
        || isFraction(from.changed());
  }

  private static boolean isFraction(@Nullable Instant time) {
    return time != null && time.get(NANO_OF_SECOND) != 0;
  }

  private static long seconds(@Nullable Instant time) {
    return time == null ? 0 : Math.max(0, Math.min(Uint32.MAX, time.getEpochSecond()));
  }

  private static @Nullable Owner numeric(@Nullable Owner owner) {
    return owner != null && isUint32(owner.user()) && isUint32(owner.group()) ? owner : null;
  }

  private static boolean isUint32(String text) {
    return text.length() >= 1
        && text.length() <= 10
        && text.chars().allMatch(c -> c >= '0' && c <= '9')
        && Long.parseLong(text) <= Uint32.MAX;
  }

  private static List<Pair> pairs(ByteBuf in) {
    long count = Uint32.read(in);
    if (count > in.readableBytes() / (2 * Integer.BYTES)) {
      throw SshViolation.protocol(count + " extended attributes in " + in.readableBytes());
    }
    List<Pair> pairs = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      pairs.add(Pair.read(in));
    }
    return pairs;
  }

  private static void writePairs(ByteBuf out, List<Pair> pairs) {
    if (!pairs.isEmpty()) {
      out.writeInt(pairs.size());
      pairs.forEach(pair -> pair.write(out));
    }
  }

  /** A flag, and the versions that have it. */
  private enum Field {
    SIZE(0x1, V3, V6),
    UIDGID(0x2, V3, V3),
    PERMISSIONS(0x4, V3, V6),
    ACCESSED(0x8, V3, V6),
    CREATED(0x10, V4, V6),
    MODIFIED(0x20, V4, V6),
    ACL(0x40, V4, V6),
    OWNER(0x80, V4, V6),
    SUBSECOND(0x100, V4, V6),
    BITS(0x200, V5, V6),
    ALLOCATION(0x400, V6, V6),
    TEXT_HINT(0x800, V6, V6),
    MIME_TYPE(0x1000, V6, V6),
    LINKS(0x2000, V6, V6),
    UNTRANSLATED(0x4000, V6, V6),
    CHANGED(0x8000, V6, V6),
    EXTENDED(0x8000_0000L, V3, V6);

    private final long flag;
    private final SftpVersion first;
    private final SftpVersion last;

    Field(long flag, SftpVersion first, SftpVersion last) {
      this.flag = flag;
      this.first = first;
      this.last = last;
    }

    static long known(SftpVersion version) {
      long flags = 0;
      for (Field field : values()) {
        if (version.atLeast(field.first) && field.last.atLeast(version)) {
          flags |= field.flag;
        }
      }
      return flags;
    }

    boolean in(long flags) {
      return (flags & flag) != 0;
    }

    long when(boolean present) {
      return present ? flag : 0;
    }
  }
}
