package dev.sluice.sftp.message;

import static dev.sluice.sftp.SftpVersion.V5;
import static dev.sluice.sftp.SftpVersion.V6;

import dev.sluice.ssh.wire.Octet;
import dev.sluice.ssh.wire.SshBoolean;
import dev.sluice.ssh.wire.Uint32;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/**
 * The requests about names. Paths are as the peer wrote them, with octets that are not UTF-8 as
 * {@link dev.sluice.api.RawName} keeps them.
 */
public sealed interface PathRequest extends SftpRequest {

  String path();

  /** Opens a file (draft-ietf-secsh-filexfer-02 section 6.3, -13 section 8.1.1). */
  record Open(int id, String path, OpenHow how, SftpAttributes attributes) implements PathRequest {
    public static final int TYPE = 3;

    static Open decode(int id, ByteBuf in, Dialect dialect) {
      String path = Text.read(in);
      OpenHow how =
          dialect.since(V5)
              ? new OpenHow((int) Uint32.read(in), (int) Uint32.read(in))
              : OpenHow.fromPflags((int) Uint32.read(in));
      return new Open(id, path, how, AttributesCodec.read(in, dialect));
    }

    @Override
    public int type() {
      return TYPE;
    }

    @Override
    public void encode(ByteBuf out, Dialect dialect) {
      out.writeInt(id);
      Text.write(out, path);
      if (dialect.since(V5)) {
        out.writeInt(how.access()).writeInt(how.flags());
      } else {
        out.writeInt(how.toPflags());
      }
      AttributesCodec.write(out, attributes, dialect);
    }
  }

  /**
   * Asks for attributes, without following symbolic links (section 6.8).
   *
   * @param wished flags of the attributes that matter; not sent in version 3
   */
  record Lstat(int id, String path, int wished) implements PathRequest {
    public static final int TYPE = 7;

    static Lstat decode(int id, ByteBuf in, Dialect dialect) {
      return new Lstat(id, Text.read(in), WishedFlags.read(in, dialect));
    }

    @Override
    public int type() {
      return TYPE;
    }

    @Override
    public void encode(ByteBuf out, Dialect dialect) {
      out.writeInt(id);
      Text.write(out, path);
      WishedFlags.write(out, wished, dialect);
    }
  }

  /** As {@link Lstat}, but following symbolic links. */
  record Stat(int id, String path, int wished) implements PathRequest {
    public static final int TYPE = 17;

    static Stat decode(int id, ByteBuf in, Dialect dialect) {
      return new Stat(id, Text.read(in), WishedFlags.read(in, dialect));
    }

    @Override
    public int type() {
      return TYPE;
    }

    @Override
    public void encode(ByteBuf out, Dialect dialect) {
      out.writeInt(id);
      Text.write(out, path);
      WishedFlags.write(out, wished, dialect);
    }
  }

  /** Sets attributes (section 6.9). */
  record Setstat(int id, String path, SftpAttributes attributes) implements PathRequest {
    public static final int TYPE = 9;

    static Setstat decode(int id, ByteBuf in, Dialect dialect) {
      return new Setstat(id, Text.read(in), AttributesCodec.read(in, dialect));
    }

    @Override
    public int type() {
      return TYPE;
    }

    @Override
    public void encode(ByteBuf out, Dialect dialect) {
      out.writeInt(id);
      Text.write(out, path);
      AttributesCodec.write(out, attributes, dialect);
    }
  }

  /** Makes a directory (section 6.6). */
  record Mkdir(int id, String path, SftpAttributes attributes) implements PathRequest {
    public static final int TYPE = 14;

    static Mkdir decode(int id, ByteBuf in, Dialect dialect) {
      return new Mkdir(id, Text.read(in), AttributesCodec.read(in, dialect));
    }

    @Override
    public int type() {
      return TYPE;
    }

    @Override
    public void encode(ByteBuf out, Dialect dialect) {
      out.writeInt(id);
      Text.write(out, path);
      AttributesCodec.write(out, attributes, dialect);
    }
  }

  /** A request whose only field is a path. */
  record Plain(Kind kind, int id, String path) implements PathRequest {

    /** What is asked for. */
    public enum Kind {
      /** Opens a directory (section 6.7). */
      OPENDIR(11),
      /** Removes a file or a link (section 6.5). */
      REMOVE(13),
      /** Removes an empty directory (section 6.6). */
      RMDIR(15),
      /** Asks where a symbolic link points (section 6.10). */
      READLINK(19);

      private final int type;

      Kind(int type) {
        this.type = type;
      }

      public int type() {
        return type;
      }
    }

    static Plain decode(Kind kind, int id, ByteBuf in) {
      return new Plain(kind, id, Text.read(in));
    }

    @Override
    public int type() {
      return kind.type;
    }

    @Override
    public void encode(ByteBuf out, Dialect dialect) {
      out.writeInt(id);
      Text.write(out, path);
    }
  }

  /**
   * Makes a path absolute (section 6.11, -13 section 8.9).
   *
   * @param control {@link #NO_CHECK} and so on; only version 6 sends it
   * @param compose further paths, each relative to the one before; only version 6 sends them
   */
  record Realpath(int id, String path, int control, List<String> compose) implements PathRequest {
    public static final int TYPE = 16;
    public static final int NO_CHECK = 1;
    public static final int STAT_IF = 2;
    public static final int STAT_ALWAYS = 3;

    public Realpath {
      compose = List.copyOf(compose);
    }

    static Realpath decode(int id, ByteBuf in, Dialect dialect) {
      String path = Text.read(in);
      boolean more = dialect.since(V6);
      int control = more && in.isReadable() ? Octet.read(in) : NO_CHECK;
      List<String> compose = new ArrayList<>();
      while (more && in.isReadable()) {
        compose.add(Text.read(in));
      }
      return new Realpath(id, path, control, compose);
    }

    @Override
    public int type() {
      return TYPE;
    }

    @Override
    public void encode(ByteBuf out, Dialect dialect) {
      out.writeInt(id);
      Text.write(out, path);
      if (dialect.since(V6)) {
        out.writeByte(control);
        compose.forEach(part -> Text.write(out, part));
      }
    }
  }

  /**
   * Gives another name (section 6.5, -13 section 8.3).
   *
   * @param path the old name
   * @param flags {@link #OVERWRITE} and so on; not sent before version 5
   */
  record Rename(int id, String path, String to, int flags) implements PathRequest {
    public static final int TYPE = 18;
    public static final int OVERWRITE = 0x1;
    public static final int ATOMIC = 0x2;
    public static final int NATIVE = 0x4;

    static Rename decode(int id, ByteBuf in, Dialect dialect) {
      String path = Text.read(in);
      String to = Text.read(in);
      return new Rename(id, path, to, dialect.since(V5) ? (int) Uint32.read(in) : 0);
    }

    @Override
    public int type() {
      return TYPE;
    }

    @Override
    public void encode(ByteBuf out, Dialect dialect) {
      out.writeInt(id);
      Text.write(out, path);
      Text.write(out, to);
      if (dialect.since(V5)) {
        out.writeInt(flags);
      }
    }
  }

  /**
   * Makes a symbolic link (section 6.10), up to version 5.
   *
   * @param path the name of the new link
   * @param target what it points to, as it is to be stored
   */
  record Symlink(int id, String path, String target) implements PathRequest {
    public static final int TYPE = 20;

    static Symlink decode(int id, ByteBuf in, Dialect dialect) {
      String first = Text.read(in);
      String second = Text.read(in);
      return dialect.symlinkAsDrafted()
          ? new Symlink(id, first, second)
          : new Symlink(id, second, first);
    }

    @Override
    public int type() {
      return TYPE;
    }

    @Override
    public void encode(ByteBuf out, Dialect dialect) {
      out.writeInt(id);
      Text.write(out, dialect.symlinkAsDrafted() ? path : target);
      Text.write(out, dialect.symlinkAsDrafted() ? target : path);
    }
  }

  /**
   * Makes a link (-13 section 8.7), version 6.
   *
   * @param path the name of the new link
   * @param target what it points to, as it is to be stored; an existing path for a hard link
   */
  record Link(int id, String path, String target, boolean symbolic) implements PathRequest {
    public static final int TYPE = 21;

    static Link decode(int id, ByteBuf in) {
      return new Link(id, Text.read(in), Text.read(in), SshBoolean.read(in));
    }

    @Override
    public int type() {
      return TYPE;
    }

    @Override
    public void encode(ByteBuf out, Dialect dialect) {
      out.writeInt(id);
      Text.write(out, path);
      Text.write(out, target);
      SshBoolean.write(out, symbolic);
    }
  }
}
