package dev.sluice.ssh.message;

import io.netty.buffer.ByteBuf;

/** A message of SSH-2: the payload of one packet, its number first (RFC 4253 section 6). */
public sealed interface SshMessage permits TransportMessage, AuthMessage, ConnectionMessage {

  /** The number that identifies the kind of message, 1 to 255. */
  int number();

  /** Appends the whole payload. */
  void encode(ByteBuf out);
}
