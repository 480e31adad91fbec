package dev.sluice.ftp.listing;

import dev.sluice.ftp.wire.Line;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the data of a listing into lines at {@code CR LF} or LF, however it was cut into pieces.
 *
 * <p>A line longer than the limit is cut and marked as truncated, so memory is bounded.
 */
public final class LineSplitter {
  /** The longest line by default, in octets. */
  public static final int MAX_OCTETS = 64 * 1024;

  private static final byte LF = '\n';
  private static final byte CR = '\r';

  private final int maxOctets;
  private final ByteBuf kept = Unpooled.buffer(128);
  private boolean truncated;

  public LineSplitter() {
    this(MAX_OCTETS);
  }

  public LineSplitter(int maxOctets) {
    this.maxOctets = maxOctets;
  }

  /**
   * Reads on in {@code piece}, which is borrowed, and returns the next complete line. Null = the
   * piece is read to its end; the rest is kept for the next piece.
   */
  public @Nullable Line next(ByteBuf piece) {
    int from = piece.readerIndex();
    int to = piece.writerIndex();
    int end = from == to ? -1 : ByteBufUtil.indexOf(piece, from, to, LF);
    keep(piece, (end < 0 ? to : end) - from);
    if (end < 0) {
      piece.readerIndex(to);
      return null;
    }
    piece.readerIndex(end + 1);
    return take();
  }

  /** The last line, when no line end followed it; null = none. */
  public @Nullable Line last() {
    return kept.isReadable() || truncated ? take() : null;
  }

  private void keep(ByteBuf piece, int length) {
    // One octet more than a line may have: a CR that belongs to its end.
    int room = Math.min(length, maxOctets + 1 - kept.readableBytes());
    kept.writeBytes(piece, piece.readerIndex(), room);
    truncated |= room < length;
  }

  private Line take() {
    int length = kept.readableBytes();
    // Servers that translate line ends twice send CR CR LF.
    while (!truncated && length > 0 && kept.getByte(length - 1) == CR) {
      length--;
    }
    boolean cut = truncated || length > maxOctets;
    byte[] octets = ByteBufUtil.getBytes(kept, 0, Math.min(length, maxOctets));
    boolean holdsNul = kept.indexOf(0, length, (byte) 0) >= 0;
    kept.clear();
    truncated = false;
    return new Line(octets, cut, holdsNul);
  }
}
