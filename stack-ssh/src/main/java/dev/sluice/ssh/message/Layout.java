package dev.sluice.ssh.message;

import dev.sluice.ssh.wire.Octet;
import dev.sluice.ssh.wire.SshViolation;
import dev.sluice.ssh.wire.Uint32;
import io.netty.buffer.ByteBuf;

/** What the layouts of many messages share. */
final class Layout {
  /** Octets of the longest user name, password, command or value accepted. */
  static final int MAX_TEXT = 32 * 1024;

  private Layout() {}

  /** A uint32 that is only compared and sent back: a channel number, a code. */
  static int uint32(ByteBuf in) {
    return (int) Uint32.read(in);
  }

  /** Returns {@code message}; nothing may follow its last field. */
  static <M> M whole(ByteBuf in, M message) {
    Octet.requireEnd(in, message.getClass().getSimpleName());
    return message;
  }

  /** The octets up to the end of the message. */
  static byte[] rest(ByteBuf in) {
    return Octet.read(in, in.readableBytes());
  }

  /** Reads how many {@code what} follow. */
  static int count(ByteBuf in, int most, String what) {
    long count = Uint32.read(in);
    if (count > most) {
      throw SshViolation.protocol(count + " " + what + ", more than " + most);
    }
    return (int) count;
  }
}
