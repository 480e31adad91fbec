package dev.sluice.sftp.message;

import dev.sluice.ssh.wire.Uint32;
import io.netty.buffer.ByteBuf;

/**
 * The client's first packet.
 *
 * @param version the highest that it speaks, a uint32
 */
public record Init(long version) implements SftpPacket {
  public static final int TYPE = 1;

  /** Reads what follows the type. What version 3 allows after the number is ignored. */
  public static Init decode(ByteBuf in) {
    return new Init(Uint32.read(in));
  }

  @Override
  public int type() {
    return TYPE;
  }

  @Override
  public void encode(ByteBuf out, Dialect dialect) {
    Uint32.write(out, version);
  }
}
