package dev.sluice.sftp.message;

import dev.sluice.ssh.wire.Encoded;
import dev.sluice.ssh.wire.SshString;
import dev.sluice.ssh.wire.SshViolation;
import dev.sluice.ssh.wire.Uint32;
import dev.sluice.ssh.wire.Uint64;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** What {@link SftpResponse.ExtendedReply} carries for the extensions that answer with data. */
public sealed interface ExtensionReply {

  /** The fields. */
  byte[] encode();

  /** Reads fields by one of the decoders below. */
  static <R extends ExtensionReply> R decode(byte[] data, Function<ByteBuf, R> decoder) {
    return decoder.apply(Unpooled.wrappedBuffer(data));
  }

  /**
   * Answers limits@openssh.com: 0 = not stated.
   *
   * @param packet octets of the longest packet
   * @param read octets that one READ yields at most
   * @param write octets that one WRITE may carry
   * @param handles that may be open at a time
   */
  record ServerLimits(long packet, long read, long write, long handles) implements ExtensionReply {
    public static ServerLimits decode(ByteBuf in) {
      return new ServerLimits(Uint64.read(in), Uint64.read(in), Uint64.read(in), Uint64.read(in));
    }

    @Override
    public byte[] encode() {
      return Encoded.bytes(
          out -> out.writeLong(packet).writeLong(read).writeLong(write).writeLong(handles));
    }
  }

  /**
   * Answers statvfs@openssh.com and fstatvfs@openssh.com, fields as of statvfs(3).
   *
   * @param flag {@link #READ_ONLY}, {@link #NO_SET_UID}
   */
  record FileSystem(
      long bsize,
      long frsize,
      long blocks,
      long bfree,
      long bavail,
      long files,
      long ffree,
      long favail,
      long fsid,
      long flag,
      long namemax)
      implements ExtensionReply {
    public static final long READ_ONLY = 0x1;
    public static final long NO_SET_UID = 0x2;

    public static FileSystem decode(ByteBuf in) {
      return new FileSystem(
          Uint64.read(in),
          Uint64.read(in),
          Uint64.read(in),
          Uint64.read(in),
          Uint64.read(in),
          Uint64.read(in),
          Uint64.read(in),
          Uint64.read(in),
          Uint64.read(in),
          Uint64.read(in),
          Uint64.read(in));
    }

    @Override
    public byte[] encode() {
      return Encoded.bytes(
          out -> {
            out.writeLong(bsize).writeLong(frsize).writeLong(blocks).writeLong(bfree);
            out.writeLong(bavail).writeLong(files).writeLong(ffree).writeLong(favail);
            out.writeLong(fsid).writeLong(flag).writeLong(namemax);
          });
    }
  }

  /** Answers users-groups-by-id@openssh.com: in the order of the numbers, empty = unknown. */
  record Names(List<String> users, List<String> groups) implements ExtensionReply {
    public Names {
      users = List.copyOf(users);
      groups = List.copyOf(groups);
    }

    public static Names decode(ByteBuf in) {
      return new Names(strings(SshString.readSlice(in)), strings(SshString.readSlice(in)));
    }

    @Override
    public byte[] encode() {
      return Encoded.bytes(
          out -> {
            SshString.write(out, packed(users));
            SshString.write(out, packed(groups));
          });
    }

    private static List<String> strings(ByteBuf in) {
      List<String> names = new ArrayList<>();
      while (in.isReadable()) {
        names.add(Text.read(in));
      }
      return names;
    }

    private static byte[] packed(List<String> names) {
      return Encoded.bytes(out -> names.forEach(name -> Text.write(out, name)));
    }
  }

  /**
   * Answers check-file-name and check-file-handle.
   *
   * @param hash the name of the one that was used
   * @param digests one for each block, all of one length, one after the other
   */
  record Digests(String hash, byte[] digests) implements ExtensionReply {
    private static final String TAG = "check-file";

    public static Digests decode(ByteBuf in) {
      String tag = new String(SshString.read(in), StandardCharsets.ISO_8859_1);
      if (!tag.equals(TAG)) {
        throw SshViolation.protocol("a reply to check-file without its tag");
      }
      String hash = new String(SshString.read(in), StandardCharsets.ISO_8859_1);
      byte[] digests = new byte[in.readableBytes()];
      in.readBytes(digests);
      return new Digests(hash, digests);
    }

    @Override
    public byte[] encode() {
      return Encoded.bytes(
          out -> {
            SshString.write(out, TAG);
            SshString.write(out, hash);
            out.writeBytes(digests);
          });
    }
  }

  /**
   * Answers md5-hash and md5-hash-handle.
   *
   * @param name the name of the request
   * @param digest empty when the quick check differed
   */
  record Md5(String name, byte[] digest) implements ExtensionReply {
    public static Md5 decode(ByteBuf in) {
      return new Md5(Text.read(in), SshString.read(in));
    }

    @Override
    public byte[] encode() {
      return Encoded.bytes(
          out -> {
            Text.write(out, name);
            SshString.write(out, digest);
          });
    }
  }

  /**
   * Answers space-available, in octets; 0 = unknown.
   *
   * @param unit octets that are given out at a time, a uint32
   */
  record AvailableSpace(long total, long unused, long forUser, long unusedForUser, long unit)
      implements ExtensionReply {
    public static AvailableSpace decode(ByteBuf in) {
      return new AvailableSpace(
          Uint64.read(in), Uint64.read(in), Uint64.read(in), Uint64.read(in), Uint32.read(in));
    }

    @Override
    public byte[] encode() {
      return Encoded.bytes(
          out -> {
            out.writeLong(total).writeLong(unused).writeLong(forUser).writeLong(unusedForUser);
            Uint32.write(out, unit);
          });
    }
  }
}
