package dev.sluice.ftp.transfer;

import dev.sluice.api.PeerMisbehaved;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * MODE B on the receiving side (RFC 959 section 3.4.2). The file ends with the block marked EOF and
 * nowhere else; nothing may follow it.
 *
 * <p>Restart markers are never part of the file: {@link #nextMarker} returns them. Records have no
 * meaning in STRU F, so EOR is accepted and ignored. Suspect octets are delivered and counted.
 */
public final class BlockDecoder implements OctetTransform {
  static final int HEADER_OCTETS = 3;
  static final int MAX_COUNT = 0xFFFF;
  static final int EOR = 128;
  static final int EOF = 64;
  static final int SUSPECT = 32;
  static final int MARKER = 16;

  /** Longest marker, in octets; ours and those of known senders are far shorter. */
  private static final int MAX_MARKER = 255;

  private static final int MARKERS_KEPT = 16;

  private final ArrayDeque<RestartMarker> markers = new ArrayDeque<>();
  private final ByteBuf header = Unpooled.buffer(HEADER_OCTETS, HEADER_OCTETS);
  private final StringBuilder marker = new StringBuilder();
  private int descriptor;
  private int remaining;
  private boolean inBlock;
  private boolean complete;
  private long octetsOfFile;
  private long suspectOctets;

  @Override
  public ByteBuf apply(ByteBuf octets) {
    if (inBlock && !isMarker() && octets.readableBytes() < remaining) {
      return pass(octets);
    }
    ByteBuf out = octets.alloc().buffer(octets.readableBytes());
    boolean done = false;
    try {
      while (octets.isReadable()) {
        step(octets, out);
      }
      done = true;
    } finally {
      octets.release();
      if (!done) {
        out.release();
      }
    }
    return out;
  }

  @Override
  public boolean isComplete() {
    return complete;
  }

  @Override
  public ByteBuf finish() {
    if (!complete) {
      throw new PeerMisbehaved(
          "the data connection ended before the block marked EOF (RFC 959 section 3.4.2), after "
              + octetsOfFile
              + " octets of the file");
    }
    return Unpooled.EMPTY_BUFFER;
  }

  /** The next restart marker received; null = none. The last 16 markers not taken are kept. */
  public @Nullable RestartMarker nextMarker() {
    return markers.poll();
  }

  /** Octets that the sender marked as possibly in error. */
  public long suspectOctets() {
    return suspectOctets;
  }

  private ByteBuf pass(ByteBuf octets) {
    count(octets.readableBytes());
    return octets;
  }

  private void step(ByteBuf octets, ByteBuf out) {
    if (complete) {
      throw new PeerMisbehaved(
          octets.readableBytes() + " octets follow the block marked EOF (RFC 959 section 3.4.2)");
    }
    if (inBlock) {
      int length = Math.min(octets.readableBytes(), remaining);
      if (isMarker()) {
        readMarker(octets, length);
      } else {
        out.writeBytes(octets, length);
      }
      count(length);
    } else {
      header.writeByte(octets.readByte());
      if (header.readableBytes() < HEADER_OCTETS) {
        return;
      }
      beginBlock();
    }
    if (remaining == 0) {
      endBlock();
    }
  }

  private void beginBlock() {
    descriptor = header.readUnsignedByte();
    remaining = header.readUnsignedShort();
    header.clear();
    inBlock = true;
    if ((descriptor & ~(EOR | EOF | SUSPECT | MARKER)) != 0) {
      throw new PeerMisbehaved(
          "block descriptor 0x"
              + Integer.toHexString(descriptor)
              + " has bits that RFC 959 section 3.4.2 does not define");
    }
    if (isMarker() && remaining > MAX_MARKER) {
      throw new PeerMisbehaved("restart marker of " + remaining + " octets, over " + MAX_MARKER);
    }
  }

  private void endBlock() {
    if (isMarker()) {
      if (markers.size() == MARKERS_KEPT) {
        markers.remove();
      }
      markers.add(new RestartMarker(marker.toString(), octetsOfFile));
      marker.setLength(0);
    }
    inBlock = false;
    complete = (descriptor & EOF) != 0;
  }

  private boolean isMarker() {
    return (descriptor & MARKER) != 0;
  }

  private void count(int length) {
    remaining -= length;
    if (!isMarker()) {
      octetsOfFile += length;
      suspectOctets += (descriptor & SUSPECT) != 0 ? length : 0;
    }
  }

  private void readMarker(ByteBuf octets, int length) {
    CharSequence text = octets.readCharSequence(length, StandardCharsets.ISO_8859_1);
    if (!text.chars().allMatch(c -> c >= 33 && c <= 126)) {
      throw new PeerMisbehaved(
          "a restart marker holds octets that are not printable (RFC 959 section 3.4.2)");
    }
    marker.append(text);
  }
}
