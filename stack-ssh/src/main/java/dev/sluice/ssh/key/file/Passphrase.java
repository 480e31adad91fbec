package dev.sluice.ssh.key.file;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A passphrase in UTF-8, overwritten when it is closed. */
final class Passphrase implements AutoCloseable {
  private final byte[] octets;

  Passphrase(char[] passphrase) {
    ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(passphrase));
    octets = new byte[encoded.remaining()];
    encoded.get(octets);
    Arrays.fill(encoded.array(), (byte) 0);
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
