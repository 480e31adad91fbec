package dev.sluice.ssh.agent;

import dev.sluice.ssh.wire.SshViolation;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** Splits what an agent sends into messages. */
public final class AgentFrames {
  private static final int LENGTH_BYTES = 4;

  private AgentFrames() {}

  /**
   * Reads the next message if all of it is there; null = not yet, and nothing has been read.
   *
   * @throws SshViolation if it is empty or longer than {@link AgentMessage#MAX_BYTES}
   */
  public static @Nullable AgentMessage next(ByteBuf in) {
    if (in.readableBytes() < LENGTH_BYTES) {
      return null;
    }
    long length = in.getUnsignedInt(in.readerIndex());
    if (length == 0 || length > AgentMessage.MAX_BYTES) {
      throw SshViolation.protocol("an agent message of " + length + " bytes");
    }
    if (in.readableBytes() < LENGTH_BYTES + length) {
      return null;
    }
    in.skipBytes(LENGTH_BYTES);
    return AgentMessage.decode(in.readSlice((int) length));
  }
}
