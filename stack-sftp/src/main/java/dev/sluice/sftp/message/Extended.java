package dev.sluice.sftp.message;

import dev.sluice.ssh.wire.SshString;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/**
 * A request that a vendor, or a later draft, has defined (draft-ietf-secsh-filexfer-02 section 8).
 */
public record Extended(int id, Extension extension) implements SftpRequest {
  public static final int TYPE = 200;

  static Extended decode(int id, ByteBuf in, Dialect dialect) {
    String name = new String(SshString.read(in), StandardCharsets.ISO_8859_1);
    return new Extended(id, Extensions.decode(name, in, dialect));
  }

  @Override
  public int type() {
    return TYPE;
  }

  @Override
  public void encode(ByteBuf out, Dialect dialect) {
    out.writeInt(id);
    SshString.write(out, extension.name().getBytes(StandardCharsets.ISO_8859_1));
    extension.encode(out, dialect);
  }
}
