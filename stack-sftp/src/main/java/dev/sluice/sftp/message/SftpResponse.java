package dev.sluice.sftp.message;

import dev.sluice.api.RawName;
import dev.sluice.sftp.SftpVersion;
import dev.sluice.ssh.wire.Octet;
import dev.sluice.ssh.wire.SshBoolean;
import dev.sluice.ssh.wire.SshString;
import dev.sluice.ssh.wire.SshViolation;
import dev.sluice.ssh.wire.Uint32;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/** A server's answer (draft-ietf-secsh-filexfer-02 section 7, -13 section 9). */
public sealed interface SftpResponse extends SftpPacket {

  /** The id of the request. */
  int id();

  /**
   * How a request ended.
   *
   * @param code a uint32, see {@link StatusCode}
   * @param message for people, as received
   * @param data what belongs to the code, from version 5 on
   */
  record Status(int id, long code, String message, byte[] data) implements SftpResponse {
    public static final int TYPE = 101;

    private static final byte[] NO_DATA = {};

    /** The code as {@code version} knows it. */
    public static Status of(int id, StatusCode code, String message, SftpVersion version) {
      return new Status(id, code.in(version).number(), message, NO_DATA);
    }

    static Status decode(int id, ByteBuf in) {
      long code = Uint32.read(in);
      String message = in.isReadable() ? SshString.readText(in) : ""; // old servers leave it out
      if (in.isReadable()) {
        SshString.readSlice(in); // a language tag
      }
      return new Status(id, code, message, Octet.read(in, in.readableBytes()));
    }

    @Override
    public int type() {
      return TYPE;
    }

    @Override
    public void encode(ByteBuf out, Dialect dialect) {
      out.writeInt(id);
      Uint32.write(out, code);
      SshString.write(out, message);
      SshString.write(out, "");
      out.writeBytes(data);
    }
  }

  /** Names what was opened. */
  record Handle(int id, SftpHandle handle) implements SftpResponse {
    public static final int TYPE = 102;

    static Handle decode(int id, ByteBuf in) {
      return new Handle(id, SftpHandle.read(in));
    }

    @Override
    public int type() {
      return TYPE;
    }

    @Override
    public void encode(ByteBuf out, Dialect dialect) {
      out.writeInt(id);
      handle.write(out);
    }
  }

  /**
   * Octets of a file. Version 6 may add that the end was reached; this is read, and never written.
   *
   * @param data belongs to the packet: the owner of the packet releases it
   */
  record Data(int id, ByteBuf data, boolean endOfFile) implements SftpResponse {
    public static final int TYPE = 103;

    static Data decode(int id, ByteBuf in) {
      ByteBuf data = SshString.readSlice(in);
      boolean end = in.isReadable() && SshBoolean.read(in);
      return new Data(id, data.retain(), end);
    }

    @Override
    public int type() {
      return TYPE;
    }

    @Override
    public void encode(ByteBuf out, Dialect dialect) {
      out.writeInt(id).writeInt(data.readableBytes());
    }

    @Override
    public ByteBuf payload() {
      return data;
    }
  }

  /**
   * Names, and what they stand for.
   *
   * @param endOfList whether no more follow: version 6 may say so
   */
  record Name(int id, List<Entry> entries, boolean endOfList) implements SftpResponse {
    public static final int TYPE = 104;

    public Name {
      entries = List.copyOf(entries);
    }

    /**
     * A name.
     *
     * @param longname a line as in {@code ls -l}, for people; only version 3 sends it
     */
    public record Entry(String name, String longname, SftpAttributes attributes) {
      /** A path, as an answer to REALPATH or READLINK. */
      public static Entry of(String path) {
        return new Entry(path, RawName.escape(path), SftpAttributes.NONE);
      }

      static Entry decode(ByteBuf in, Dialect dialect) {
        String name = Text.read(in);
        String longname = dialect.version() == SftpVersion.V3 ? Text.read(in) : "";
        return new Entry(name, longname, AttributesCodec.read(in, dialect));
      }

      /** Appends this entry. */
      public void encode(ByteBuf out, Dialect dialect) {
        Text.write(out, name);
        if (dialect.version() == SftpVersion.V3) {
          Text.write(out, longname);
        }
        AttributesCodec.write(out, attributes, dialect);
      }
    }

    static Name decode(int id, ByteBuf in, Dialect dialect) {
      long count = Uint32.read(in);
      if (count > in.readableBytes() / (2 * Integer.BYTES)) {
        throw SshViolation.protocol(count + " names in " + in.readableBytes() + " octets");
      }
      List<Entry> entries = new ArrayList<>();
      for (long i = 0; i < count; i++) {
        entries.add(Entry.decode(in, dialect));
      }
      boolean end = dialect.since(SftpVersion.V6) && in.isReadable() && SshBoolean.read(in);
      return new Name(id, entries, end);
    }

    @Override
    public int type() {
      return TYPE;
    }

    @Override
    public void encode(ByteBuf out, Dialect dialect) {
      out.writeInt(id).writeInt(entries.size());
      entries.forEach(entry -> entry.encode(out, dialect));
      if (endOfList && dialect.since(SftpVersion.V6)) {
        SshBoolean.write(out, true);
      }
    }
  }

  /** Attributes. */
  record Attrs(int id, SftpAttributes attributes) implements SftpResponse {
    public static final int TYPE = 105;

    static Attrs decode(int id, ByteBuf in, Dialect dialect) {
      return new Attrs(id, AttributesCodec.read(in, dialect));
    }

    @Override
    public int type() {
      return TYPE;
    }

    @Override
    public void encode(ByteBuf out, Dialect dialect) {
      out.writeInt(id);
      AttributesCodec.write(out, attributes, dialect);
    }
  }

  /**
   * The answer to an {@link Extended} request.
   *
   * @param data fields that the extension defines, see {@link ExtensionReply}
   */
  record ExtendedReply(int id, byte[] data) implements SftpResponse {
    public static final int TYPE = 201;

    static ExtendedReply decode(int id, ByteBuf in) {
      return new ExtendedReply(id, Octet.read(in, in.readableBytes()));
    }

    @Override
    public int type() {
      return TYPE;
    }

    @Override
    public void encode(ByteBuf out, Dialect dialect) {
      out.writeInt(id).writeBytes(data);
    }
  }
}
