package dev.sluice.ssh.packet;

import io.netty.buffer.ByteBuf;
import java.security.SecureRandom;

/** Random padding, drawn in blocks: a call of the generator for each packet costs too much. */
final class Padding {
  private static final int BLOCK = 4096;

  private final SecureRandom random;
  private final byte[] block = new byte[BLOCK];
  private int used = BLOCK;

  Padding(SecureRandom random) {
    this.random = random;
  }

  /** Writes {@code length} octets, at most 255. */
  void write(ByteBuf out, int length) {
    if (used + length > BLOCK) {
      random.nextBytes(block);
      used = 0;
    }
    out.writeBytes(block, used, length);
    used += length;
  }
}
