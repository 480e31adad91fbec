package dev.sluice.sftp.message;

import dev.sluice.ssh.wire.SshString;
import dev.sluice.ssh.wire.SshViolation;
import dev.sluice.ssh.wire.Uint32;
import dev.sluice.ssh.wire.Uint64;
import io.netty.buffer.ByteBuf;

/** The requests about an open file or directory. */
public sealed interface HandleRequest extends SftpRequest {

  SftpHandle handle();

  /** Gives a handle back (draft-ietf-secsh-filexfer-02 section 6.3). */
  record Close(int id, SftpHandle handle) implements HandleRequest {
    public static final int TYPE = 4;

    static Close decode(int id, ByteBuf in) {
      return new Close(id, SftpHandle.read(in));
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
   * Reads octets (section 6.4).
   *
   * @param offset 0 to 2^63-1
   * @param length a uint32
   */
  record Read(int id, SftpHandle handle, long offset, long length) implements HandleRequest {
    public static final int TYPE = 5;

    static Read decode(int id, ByteBuf in) {
      return new Read(id, SftpHandle.read(in), readOffset(in), Uint32.read(in));
    }

    @Override
    public int type() {
      return TYPE;
    }

    @Override
    public void encode(ByteBuf out, Dialect dialect) {
      out.writeInt(id);
      handle.write(out);
      out.writeLong(offset);
      Uint32.write(out, length);
    }
  }

  /**
   * Writes octets (section 6.4).
   *
   * @param offset 0 to 2^63-1
   * @param data belongs to the packet: the owner of the packet releases it
   */
  record Write(int id, SftpHandle handle, long offset, ByteBuf data) implements HandleRequest {
    public static final int TYPE = 6;

    static Write decode(int id, ByteBuf in) {
      return new Write(id, SftpHandle.read(in), readOffset(in), SshString.readSlice(in).retain());
    }

    @Override
    public int type() {
      return TYPE;
    }

    @Override
    public void encode(ByteBuf out, Dialect dialect) {
      out.writeInt(id);
      handle.write(out);
      out.writeLong(offset).writeInt(data.readableBytes());
    }

    @Override
    public ByteBuf payload() {
      return data;
    }
  }

  /**
   * Asks for the attributes of an open file (section 6.8).
   *
   * @param wished flags of the attributes that matter; not sent in version 3
   */
  record Fstat(int id, SftpHandle handle, int wished) implements HandleRequest {
    public static final int TYPE = 8;

    static Fstat decode(int id, ByteBuf in, Dialect dialect) {
      return new Fstat(id, SftpHandle.read(in), WishedFlags.read(in, dialect));
    }

    @Override
    public int type() {
      return TYPE;
    }

    @Override
    public void encode(ByteBuf out, Dialect dialect) {
      out.writeInt(id);
      handle.write(out);
      WishedFlags.write(out, wished, dialect);
    }
  }

  /** Sets attributes of an open file (section 6.9). */
  record Fsetstat(int id, SftpHandle handle, SftpAttributes attributes) implements HandleRequest {
    public static final int TYPE = 10;

    static Fsetstat decode(int id, ByteBuf in, Dialect dialect) {
      return new Fsetstat(id, SftpHandle.read(in), AttributesCodec.read(in, dialect));
    }

    @Override
    public int type() {
      return TYPE;
    }

    @Override
    public void encode(ByteBuf out, Dialect dialect) {
      out.writeInt(id);
      handle.write(out);
      AttributesCodec.write(out, attributes, dialect);
    }
  }

  /** Asks for more entries of an open directory (section 6.7). */
  record Readdir(int id, SftpHandle handle) implements HandleRequest {
    public static final int TYPE = 12;

    static Readdir decode(int id, ByteBuf in) {
      return new Readdir(id, SftpHandle.read(in));
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
   * Locks a range (draft-ietf-secsh-filexfer-13 section 8.8.1), version 6.
   *
   * @param length 0 = to the end, wherever it will be
   */
  record Block(int id, SftpHandle handle, long offset, long length, int mask)
      implements HandleRequest {
    public static final int TYPE = 22;

    static Block decode(int id, ByteBuf in) {
      return new Block(
          id, SftpHandle.read(in), readOffset(in), Uint64.read(in), (int) Uint32.read(in));
    }

    @Override
    public int type() {
      return TYPE;
    }

    @Override
    public void encode(ByteBuf out, Dialect dialect) {
      out.writeInt(id);
      handle.write(out);
      out.writeLong(offset).writeLong(length).writeInt(mask);
    }
  }

  /** Unlocks a range (section 8.8.2), version 6. */
  record Unblock(int id, SftpHandle handle, long offset, long length) implements HandleRequest {
    public static final int TYPE = 23;

    static Unblock decode(int id, ByteBuf in) {
      return new Unblock(id, SftpHandle.read(in), readOffset(in), Uint64.read(in));
    }

    @Override
    public int type() {
      return TYPE;
    }

    @Override
    public void encode(ByteBuf out, Dialect dialect) {
      out.writeInt(id);
      handle.write(out);
      out.writeLong(offset).writeLong(length);
    }
  }

  private static long readOffset(ByteBuf in) {
    long offset = Uint64.read(in);
    if (offset < 0) {
      throw SshViolation.protocol("an offset above 2^63-1");
    }
    return offset;
  }
}
