package dev.sluice.ftp.client;

import dev.sluice.api.error.LimitExceeded;
import dev.sluice.ftp.wire.PathCharset;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Cuts the octets of a listing at CRLF or LF, however they were cut into buffers. */
final class LineSplitter {
  private final int maxOctets;
  private final PathCharset charset;
  private byte[] octets = new byte[256];
  private int length;

  LineSplitter(int maxOctets, PathCharset charset) {
    this.maxOctets = maxOctets;
    this.charset = charset;
  }

  /** The lines that {@code in} completes. Releases the buffer. */
  List<String> accept(ByteBuf in) {
    try {
      List<String> lines = new ArrayList<>();
      while (in.isReadable()) {
        int end = in.indexOf(in.readerIndex(), in.writerIndex(), (byte) '\n');
        append(in, (end < 0 ? in.writerIndex() : end) - in.readerIndex());
        if (end >= 0) {
          in.skipBytes(1);
          lines.add(take());
        }
      }
      return lines;
    } finally {
      in.release();
    }
  }

  /** What stands behind the last line end. */
  List<String> finish() {
    return length == 0 ? List.of() : List.of(take());
  }

  private void append(ByteBuf in, int count) {
    if (length + count > maxOctets) {
      throw new LimitExceeded("a line of the listing is longer than " + maxOctets + " octets");
    }
    if (length + count > octets.length) {
      octets = Arrays.copyOf(octets, Math.min(maxOctets, Math.max(length + count, length * 2)));
    }
    in.readBytes(octets, length, count);
    length += count;
  }

  private String take() {
    int end = length > 0 && octets[length - 1] == '\r' ? length - 1 : length;
    length = 0;
    return charset.decode(Arrays.copyOf(octets, end));
  }
}
