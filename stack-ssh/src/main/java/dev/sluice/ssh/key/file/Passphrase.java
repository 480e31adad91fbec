package dev.sluice.ssh.key.file;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A passphrase in UTF-8, overwritten when it is closed. */
final class Passphrase implements AutoCloseable {
  private static final int MAX_BYTES_PER_CHAR = 3;

  private final byte[] octets;

  Passphrase(char[] passphrase) {
    byte[] room = new byte[passphrase.length * MAX_BYTES_PER_CHAR];
    ByteBuffer encoded = ByteBuffer.wrap(room);
    StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(passphrase), encoded, true);
    octets = Arrays.copyOf(room, encoded.position());
    Arrays.fill(room, (byte) 0);
  }

  /** The octets; there must be some. */
  byte[] required() {
    if (octets.length == 0) {
      throw new KeyFileException.PassphraseRequired();
    }
    return octets;
  }

  @Override
  public void close() {
    Arrays.fill(octets, (byte) 0);
  }
}
