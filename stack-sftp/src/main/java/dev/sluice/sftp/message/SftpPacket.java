package dev.sluice.sftp.message;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;

/** A packet (draft-ietf-secsh-filexfer-02 section 3): a length, a type, and what the type has. */
public sealed interface SftpPacket permits Init, Version, SftpRequest, SftpResponse {

  /** The number that identifies the kind of packet. */
  int type();

  /** Appends what comes between the type and {@link #payload()}. */
  void encode(ByteBuf out, Dialect dialect);

  /** The file's octets at the end of the packet, owned by the packet; empty if it has none. */
  default ByteBuf payload() {
    return Unpooled.EMPTY_BUFFER;
  }

  /**
   * The octets of this packet up to {@link #payload()}, which the caller sends after them: file
   * data is not copied.
   */
  default ByteBuf header(ByteBufAllocator allocator, Dialect dialect) {
    ByteBuf out = allocator.heapBuffer(64);
    try {
      out.writeInt(0).writeByte(type());
      encode(out, dialect);
      out.setInt(
          out.readerIndex(), out.readableBytes() - Integer.BYTES + payload().readableBytes());
      return out;
    } catch (RuntimeException e) {
      out.release();
      throw e;
    }
  }
}
