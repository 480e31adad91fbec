package dev.sluice.sftp.message;

import dev.sluice.ssh.wire.SshString;
import dev.sluice.ssh.wire.SshViolation;
import dev.sluice.ssh.wire.Uint32;
import dev.sluice.ssh.wire.Uint64;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/** The extensions of OpenSSH (its PROTOCOL, section 4). */
public sealed interface OpenSshExtension extends Extension {

  /** Renames as rename(2): replaces a file that is there. */
  record PosixRename(String from, String to) implements OpenSshExtension {
    public static final String NAME = "posix-rename@openssh.com";

    static PosixRename decode(ByteBuf in) {
      return new PosixRename(Text.read(in), Text.read(in));
    }

    @Override
    public String name() {
      return NAME;
    }

    @Override
    public void encode(ByteBuf out, Dialect dialect) {
      Text.write(out, from);
      Text.write(out, to);
    }
  }

  /** Asks for the free space where a path lies. */
  record Statvfs(String path) implements OpenSshExtension {
    public static final String NAME = "statvfs@openssh.com";

    static Statvfs decode(ByteBuf in) {
      return new Statvfs(Text.read(in));
    }

    @Override
    public String name() {
      return NAME;
    }

    @Override
    public void encode(ByteBuf out, Dialect dialect) {
      Text.write(out, path);
    }
  }

  /** Asks for the free space where an open file lies. */
  record Fstatvfs(SftpHandle handle) implements OpenSshExtension {
    public static final String NAME = "fstatvfs@openssh.com";

    static Fstatvfs decode(ByteBuf in) {
      return new Fstatvfs(SftpHandle.read(in));
    }

    @Override
    public String name() {
      return NAME;
    }

    @Override
    public void encode(ByteBuf out, Dialect dialect) {
      handle.write(out);
    }
  }

  /** Gives a file a second name. */
  record Hardlink(String existing, String link) implements OpenSshExtension {
    public static final String NAME = "hardlink@openssh.com";

    static Hardlink decode(ByteBuf in) {
      return new Hardlink(Text.read(in), Text.read(in));
    }

    @Override
    public String name() {
      return NAME;
    }

    @Override
    public void encode(ByteBuf out, Dialect dialect) {
      Text.write(out, existing);
      Text.write(out, link);
    }
  }

  /** Forces what was written to stable storage. */
  record Fsync(SftpHandle handle) implements OpenSshExtension {
    public static final String NAME = "fsync@openssh.com";

    static Fsync decode(ByteBuf in) {
      return new Fsync(SftpHandle.read(in));
    }

    @Override
    public String name() {
      return NAME;
    }

    @Override
    public void encode(ByteBuf out, Dialect dialect) {
      handle.write(out);
    }
  }

  /** SETSTAT of a link itself. */
  record Lsetstat(String path, SftpAttributes attributes) implements OpenSshExtension {
    public static final String NAME = "lsetstat@openssh.com";

    static Lsetstat decode(ByteBuf in, Dialect dialect) {
      return new Lsetstat(Text.read(in), AttributesCodec.read(in, dialect));
    }

    @Override
    public String name() {
      return NAME;
    }

    @Override
    public void encode(ByteBuf out, Dialect dialect) {
      Text.write(out, path);
      AttributesCodec.write(out, attributes, dialect);
    }
  }

  /** Asks what lengths and counts the server takes; see {@link ExtensionReply.ServerLimits}. */
  record Limits() implements OpenSshExtension {
    public static final String NAME = "limits@openssh.com";

    @Override
    public String name() {
      return NAME;
    }

    @Override
    public void encode(ByteBuf out, Dialect dialect) {}
  }

  /** As REALPATH, {@code ~} and {@code ~user} included. */
  record ExpandPath(String path) implements OpenSshExtension {
    public static final String NAME = "expand-path@openssh.com";

    static ExpandPath decode(ByteBuf in) {
      return new ExpandPath(Text.read(in));
    }

    @Override
    public String name() {
      return NAME;
    }

    @Override
    public void encode(ByteBuf out, Dialect dialect) {
      Text.write(out, path);
    }
  }

  /**
   * Copies between open files.
   *
   * @param length octets; 0 = to the end
   */
  record CopyData(SftpHandle from, long fromOffset, long length, SftpHandle to, long toOffset)
      implements OpenSshExtension {
    public static final String NAME = "copy-data";

    static CopyData decode(ByteBuf in) {
      CopyData read =
          new CopyData(
              SftpHandle.read(in),
              Uint64.read(in),
              Uint64.read(in),
              SftpHandle.read(in),
              Uint64.read(in));
      if (read.fromOffset < 0 || read.length < 0 || read.toOffset < 0) {
        throw SshViolation.protocol("copy-data: a number above 2^63-1");
      }
      return read;
    }

    @Override
    public String name() {
      return NAME;
    }

    @Override
    public void encode(ByteBuf out, Dialect dialect) {
      from.write(out);
      out.writeLong(fromOffset).writeLong(length);
      to.write(out);
      out.writeLong(toOffset);
    }
  }

  /**
   * Asks for a user's home directory.
   *
   * @param user empty = the user who is logged in
   */
  record HomeDirectory(String user) implements OpenSshExtension {
    public static final String NAME = "home-directory";

    static HomeDirectory decode(ByteBuf in) {
      return new HomeDirectory(Text.read(in));
    }

    @Override
    public String name() {
      return NAME;
    }

    @Override
    public void encode(ByteBuf out, Dialect dialect) {
      Text.write(out, user);
    }
  }

  /** Asks for the names of users and groups by number; see {@link ExtensionReply.Names}. */
  record NamesById(List<Long> users, List<Long> groups) implements OpenSshExtension {
    public static final String NAME = "users-groups-by-id@openssh.com";

    public NamesById {
      users = List.copyOf(users);
      groups = List.copyOf(groups);
    }

    static NamesById decode(ByteBuf in) {
      return new NamesById(numbers(SshString.readSlice(in)), numbers(SshString.readSlice(in)));
    }

    @Override
    public String name() {
      return NAME;
    }

    @Override
    public void encode(ByteBuf out, Dialect dialect) {
      write(out, users);
      write(out, groups);
    }

    private static List<Long> numbers(ByteBuf in) {
      List<Long> numbers = new ArrayList<>();
      while (in.isReadable()) {
        numbers.add(Uint32.read(in));
      }
      return numbers;
    }

    private static void write(ByteBuf out, List<Long> numbers) {
      out.writeInt(numbers.size() * Integer.BYTES);
      numbers.forEach(number -> Uint32.write(out, number));
    }
  }
}
