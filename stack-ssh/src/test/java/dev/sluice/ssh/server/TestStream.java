package dev.sluice.ssh.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.Random;
import java.util.zip.CRC32C;

/** Streams of a length of their own, and their checksums. */
final class TestStream {
  private static final int BLOCK = 1 << 20;

  private TestStream() {}

  /** So many MiB that look like chance. */
  static final class Source extends InputStream {
    private final byte[] block = new byte[BLOCK];
    private final CRC32C sum = new CRC32C();
    private final long length;
    private long at;

    Source(int mebibytes) {
      length = (long) mebibytes << 20;
      new Random(mebibytes).nextBytes(block);
    }

    @Override
    public int read() {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    /** Blocks repeat with one octet changed, so that their order matters. */
    @Override
    public int read(byte[] into, int offset, int count) {
      if (at == length) {
        return -1;
      }
      int from = (int) (at % BLOCK);
      int taken = (int) Math.min(Math.min(count, BLOCK - from), length - at);
      System.arraycopy(block, from, into, offset, taken);
      into[offset] ^= (byte) (at >> 20);
      sum.update(into, offset, taken);
      at += taken;
      return taken;
    }
  }

  /** Takes everything. */
  static final class Sink extends OutputStream {
    private final CRC32C sum = new CRC32C();
    private long octets;

    @Override
    public void write(int octet) {
      sum.update(octet);
      octets++;
    }

    @Override
    public void write(byte[] from, int offset, int count) {
      sum.update(from, offset, count);
      octets += count;
    }

    void assertSame(Source sent) {
      assertThat(octets).isEqualTo(sent.length);
      assertThat(sum.getValue()).isEqualTo(sent.sum.getValue());
    }
  }
}
