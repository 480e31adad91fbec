package dev.sluice.sftp.message;

import dev.sluice.ssh.wire.Encoded;
import dev.sluice.ssh.wire.SshString;
import dev.sluice.ssh.wire.SshViolation;
import dev.sluice.ssh.wire.Uint32;
import dev.sluice.ssh.wire.Uint64;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;

/** Data in {@link Version}, besides extensions that are offered by name alone. */
public sealed interface ServerOffer {
  /** The separator of lines in text files, as it is (draft-ietf-secsh-filexfer-04 section 4.3). */
  String NEWLINE = "newline";

  /** A list of version numbers, as text with commas (draft-ietf-secsh-filexfer-13 section 5.5). */
  String VERSIONS = "versions";

  /** The name of a charset (draft-ietf-secsh-filexfer-13 section 6). */
  String FILENAME_CHARSET = "filename-charset";

  byte[] encode();

  /** Who made the server (draft-ietf-secsh-filexfer-09 section 4.4). */
  record VendorId(String vendor, String product, String version, long build)
      implements ServerOffer {
    public static final String NAME = "vendor-id";

    public static VendorId decode(byte[] data) {
      ByteBuf in = Unpooled.wrappedBuffer(data);
      return new VendorId(Text.read(in), Text.read(in), Text.read(in), Uint64.read(in));
    }

    @Override
    public byte[] encode() {
      return Encoded.bytes(
          out -> {
            Text.write(out, vendor);
            Text.write(out, product);
            Text.write(out, version);
            out.writeLong(build);
          });
    }
  }

  /**
   * What a server of version 5 can do (draft-ietf-secsh-filexfer-05 section 4.4).
   *
   * @param attributes flags of attributes that it keeps
   * @param bits attribute bits that it keeps
   * @param openFlags flags of OPEN that it knows
   * @param access bits of the access mask that it knows
   * @param maxRead octets that one READ yields at most; 0 = not stated
   * @param extensions names
   */
  record Supported(
      int attributes, int bits, int openFlags, int access, long maxRead, List<String> extensions)
      implements ServerOffer {
    public static final String NAME = "supported";

    public Supported {
      extensions = List.copyOf(extensions);
    }

    public static Supported decode(byte[] data) {
      ByteBuf in = Unpooled.wrappedBuffer(data);
      int attributes = (int) Uint32.read(in);
      int bits = (int) Uint32.read(in);
      int openFlags = (int) Uint32.read(in);
      int access = (int) Uint32.read(in);
      long maxRead = Uint32.read(in);
      List<String> extensions = new ArrayList<>();
      while (in.isReadable()) {
        extensions.add(Text.read(in));
      }
      return new Supported(attributes, bits, openFlags, access, maxRead, extensions);
    }

    @Override
    public byte[] encode() {
      return Encoded.bytes(
          out -> {
            out.writeInt(attributes).writeInt(bits).writeInt(openFlags).writeInt(access);
            Uint32.write(out, maxRead);
            extensions.forEach(name -> Text.write(out, name));
          });
    }
  }

  /**
   * What a server of version 6 can do (draft-ietf-secsh-filexfer-13 section 5.4).
   *
   * @param basic as far as version 5 has it; its extensions are those that have requests
   * @param openLocks a bit for each combination of lock flags in OPEN, plus one; bit 0 is set
   * @param locks as openLocks, for BLOCK
   * @param attributeExtensions names of extended attributes
   */
  record Supported2(Supported basic, int openLocks, int locks, List<String> attributeExtensions)
      implements ServerOffer {
    public static final String NAME = "supported2";

    public Supported2 {
      attributeExtensions = List.copyOf(attributeExtensions);
    }

    public static Supported2 decode(byte[] data) {
      ByteBuf in = Unpooled.wrappedBuffer(data);
      int attributes = (int) Uint32.read(in);
      int bits = (int) Uint32.read(in);
      int openFlags = (int) Uint32.read(in);
      int access = (int) Uint32.read(in);
      long maxRead = Uint32.read(in);
      int openLocks = in.isReadable(2) ? in.readUnsignedShort() : missing();
      int locks = in.isReadable(2) ? in.readUnsignedShort() : missing();
      List<String> attributeExtensions = counted(in);
      Supported basic = new Supported(attributes, bits, openFlags, access, maxRead, counted(in));
      return new Supported2(basic, openLocks, locks, attributeExtensions);
    }

    @Override
    public byte[] encode() {
      return Encoded.bytes(
          out -> {
            out.writeInt(basic.attributes).writeInt(basic.bits);
            out.writeInt(basic.openFlags).writeInt(basic.access);
            Uint32.write(out, basic.maxRead);
            out.writeShort(openLocks).writeShort(locks);
            writeCounted(out, attributeExtensions);
            writeCounted(out, basic.extensions);
          });
    }

    private static int missing() {
      throw SshViolation.protocol("supported2 ends before its lock vectors");
    }

    private static List<String> counted(ByteBuf in) {
      long count = Uint32.read(in);
      if (count > in.readableBytes() / Integer.BYTES) {
        throw SshViolation.protocol(count + " names in supported2");
      }
      List<String> names = new ArrayList<>();
      for (long i = 0; i < count; i++) {
        names.add(Text.read(in));
      }
      return names;
    }

    private static void writeCounted(ByteBuf out, List<String> names) {
      out.writeInt(names.size());
      names.forEach(name -> SshString.write(out, name));
    }
  }
}
