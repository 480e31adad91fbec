package dev.sluice.sftp.message;

import dev.sluice.api.RawName;
import dev.sluice.ssh.wire.SshString;
import io.netty.buffer.ByteBuf;

/** Paths and names: strings of any octets, which are preserved as described in {@link RawName}. */
final class Text {
  private Text() {}

  static String read(ByteBuf in) {
    return RawName.decode(SshString.readSlice(in));
  }

  static void write(ByteBuf out, String text) {
    SshString.write(out, RawName.encode(text));
  }
}
