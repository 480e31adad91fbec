package dev.sluice.api;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.zip.CRC32;

/** A {@link Checksum} that is being computed. Not safe for use by several threads at once. */
public final class RunningChecksum {
  private final ChecksumAlgorithm algorithm;
  private final CRC32 crc = new CRC32();
  private final MessageDigest digest;
  private long octets;

  private RunningChecksum(ChecksumAlgorithm algorithm, MessageDigest digest) {
    this.algorithm = algorithm;
    this.digest = digest;
  }

  /** A checksum of no octets yet. */
  public static RunningChecksum of(ChecksumAlgorithm algorithm) {
    boolean jce = algorithm != ChecksumAlgorithm.CRC32;
    String name = jce ? algorithm.registeredName() : ChecksumAlgorithm.SHA_256.registeredName();
    try {
      return new RunningChecksum(algorithm, MessageDigest.getInstance(name));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no " + name, e);
    }
  }

  /** Takes in the remaining octets and leaves none remaining. */
  public RunningChecksum update(ByteBuffer more) {
    octets += more.remaining();
    if (algorithm == ChecksumAlgorithm.CRC32) {
      crc.update(more);
    } else {
      digest.update(more);
    }
    return this;
  }

  /** Takes in the readable octets; neither reads nor releases the buffer. */
  public RunningChecksum update(ByteBuf more) {
    for (ByteBuffer part : more.nioBuffers()) {
      update(part);
    }
    return this;
  }

  /** The checksum of all octets taken in; call this once. */
  public Checksum finish() {
    byte[] value =
        algorithm == ChecksumAlgorithm.CRC32
            ? ByteBuffer.allocate(4).putInt((int) crc.getValue()).array()
            : digest.digest();
    return Checksum.of(algorithm, value, octets);
  }
}
