package dev.sluice.sftp.message;

import dev.sluice.sftp.SftpVersion;
import dev.sluice.ssh.wire.Uint32;
import io.netty.buffer.ByteBuf;

/** The attributes that a client wants to know, from version 4 on (-04 section 6.8). */
final class WishedFlags {
  private WishedFlags() {}

  static int read(ByteBuf in, Dialect dialect) {
    return dialect.since(SftpVersion.V4) ? (int) Uint32.read(in) : 0;
  }

  /**
   * Leaves out what the version does not know: servers echo a flag and send no attribute for it.
   */
  static void write(ByteBuf out, int wished, Dialect dialect) {
    if (dialect.since(SftpVersion.V4)) {
      out.writeInt(wished & (int) AttributesCodec.known(dialect.version()));
    }
  }
}
