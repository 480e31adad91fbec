package dev.sluice.ssh.packet;

import dev.sluice.ssh.message.SshMessage;
import io.netty.buffer.ByteBuf;

/** Where messages go on their way to the peer. */
public interface PacketSink {

  /** Sends a message, or holds it back in order while a key exchange forbids it. */
  void send(SshMessage message);

  /** Whether data may be added to the batch that is being filled. */
  boolean hasRoom();

  /**
   * Sends the next {@code length} octets of {@code source} as channel data, and moves its reader
   * index. Only while {@link #hasRoom()}.
   *
   * @param channel the peer's number for the channel
   * @param type 0 = the main stream, else a type of extended data
   */
  void sendData(int channel, int type, ByteBuf source, int length);
}
