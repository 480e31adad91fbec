package dev.sluice.sftp.message;

import dev.sluice.ssh.wire.SshString;
import dev.sluice.ssh.wire.Uint32;
import io.netty.buffer.ByteBuf;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The server's first packet.
 *
 * @param version the one that is spoken from here on, a uint32
 * @param extensions data by name, in their order; if a name comes twice, the first counts
 */
public record Version(long version, Map<String, byte[]> extensions) implements SftpPacket {
  public static final int TYPE = 2;

  /** Reads what follows the type, up to the end of the packet. */
  public static Version decode(ByteBuf in) {
    long version = Uint32.read(in);
    Map<String, byte[]> extensions = new LinkedHashMap<>();
    while (in.isReadable()) {
      extensions.putIfAbsent(Text.read(in), SshString.read(in));
    }
    return new Version(version, extensions);
  }

  @Override
  public int type() {
    return TYPE;
  }

  @Override
  public void encode(ByteBuf out, Dialect dialect) {
    Uint32.write(out, version);
    extensions.forEach(
        (name, data) -> {
          Text.write(out, name);
          SshString.write(out, data);
        });
  }
}
