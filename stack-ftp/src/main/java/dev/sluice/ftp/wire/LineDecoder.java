package dev.sluice.ftp.wire;

import dev.sluice.ftp.LineEnding;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayDeque;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the octets of a control connection into lines, however they were cut into reads (RFC 1123
 * section 4.1.2.10).
 *
 * <p>{@code CR LF} ends a line; a bare LF does too unless {@linkplain LineEnding#STRICT strict}; a
 * bare CR never does. Octets of a line beyond the limit are dropped, so the limit bounds memory.
 */
public final class LineDecoder {
  private static final int CR = '\r';
  private static final int LF = '\n';
  private static final int DATA_MARK = 0xF2;
  private static final int INTERRUPT = 0xF4;

  private final LineEnding ending;
  private final TelnetFilter telnet = new TelnetFilter();
  private final ArrayDeque<Line> lines = new ArrayDeque<>();
  private final ByteBuf refusals = Unpooled.buffer(0);
  private byte[] octets = new byte[128];
  private int maxOctets;
  private int length;
  private boolean truncated;
  private boolean holdsNul;
  private boolean afterCr;

  public LineDecoder(int maxOctets, LineEnding ending) {
    this.maxOctets = maxOctets;
    this.ending = ending;
  }

  /** Sets the limit for lines that are not complete yet, in octets. */
  public void limit(int newMaxOctets) {
    maxOctets = newMaxOctets;
  }

  /** Takes what can be read; borrows the buffer. */
  public void receive(ByteBuf in) {
    while (in.isReadable()) {
      int octet = telnet.accept(in.readUnsignedByte(), refusals);
      if (octet != TelnetFilter.NOTHING) {
        accept(octet);
      }
    }
  }

  /** The next complete line; null = none yet. */
  public @Nullable Line next() {
    return lines.poll();
  }

  /** Complete lines not taken yet. */
  public int pending() {
    return lines.size();
  }

  /** Whether octets of an unfinished line have been received. */
  public boolean isInside() {
    return length > 0 || truncated || afterCr;
  }

  /** Whether the unfinished line has passed the limit already. */
  public boolean isTooLong() {
    return truncated;
  }

  /** Drops the unfinished line and every complete one: for when the stream below changes. */
  public void discard() {
    lines.clear();
    length = 0;
    truncated = false;
    holdsNul = false;
    afterCr = false;
  }

  /** The octets to send to refuse Telnet options; null = none. The caller owns the buffer. */
  public @Nullable ByteBuf refusals() {
    if (!refusals.isReadable()) {
      return null;
    }
    ByteBuf answer = refusals.copy();
    refusals.clear();
    return answer;
  }

  private void accept(int octet) {
    boolean cr = afterCr;
    afterCr = octet == CR;
    if (octet == LF && (cr || ending == LineEnding.LENIENT)) {
      endLine();
      return;
    }
    if (cr) {
      append(CR);
    }
    if (octet == 0) {
      holdsNul |= !cr;
    } else if (octet != CR && !isStrayUrgentOctet(octet)) {
      append(octet);
    }
  }

  /** Whether the octet may be left from an interrupt sequence whose IAC was lost as urgent data. */
  private boolean isStrayUrgentOctet(int octet) {
    return length == 0 && (octet == DATA_MARK || octet == INTERRUPT);
  }

  private void append(int octet) {
    if (length >= maxOctets) {
      truncated = true;
      return;
    }
    if (length == octets.length) {
      octets = Arrays.copyOf(octets, Math.min(maxOctets, length * 2));
    }
    octets[length++] = (byte) octet;
  }

  private void endLine() {
    lines.add(new Line(Arrays.copyOf(octets, length), truncated, holdsNul));
    length = 0;
    truncated = false;
    holdsNul = false;
  }
}
