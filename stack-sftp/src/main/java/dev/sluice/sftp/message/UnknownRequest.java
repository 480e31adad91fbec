package dev.sluice.sftp.message;

import io.netty.buffer.ByteBuf;

/** A request of a type that the version does not have; its fields are not read. */
public record UnknownRequest(int id, int type) implements SftpRequest {
  @Override
  public void encode(ByteBuf out, Dialect dialect) {
    out.writeInt(id);
  }
}
