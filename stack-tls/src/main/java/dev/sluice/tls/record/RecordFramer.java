package dev.sluice.tls.record;

import dev.sluice.api.OtherProtocol;
import dev.sluice.tls.session.TlsVersion;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Finds the records in a stream of octets. Refuses those that no peer may send, by their header
 * alone, before any of their body is kept.
 *
 * <p>Not all engines check this: SunJSSE reacts to a length beyond the limit by asking for a larger
 * buffer.
 */
public final class RecordFramer {

  /** How long a body may be. */
  public enum Protection {
    /** No protection yet. A protected record that comes too early may be as long as in TLS 1.3. */
    HANDSHAKE(TlsRecordHeader.MAX_PLAINTEXT),
    /** RFC 5246 section 6.2.3. */
    TLS_1_2(TlsRecordHeader.MAX_PLAINTEXT + 2048),
    /** RFC 8446 section 5.2. */
    TLS_1_3(TlsRecordHeader.MAX_PLAINTEXT + 256);

    private final int maxLength;

    Protection(int maxLength) {
      this.maxLength = maxLength;
    }

    /** The protection of records after the handshake. */
    public static Protection of(TlsVersion version) {
      return version == TlsVersion.TLS_1_3 ? TLS_1_3 : TLS_1_2;
    }
  }

  /** The number of octets looked at to see which other protocol a peer speaks. */
  private static final int OTHER_START = 100;

  private final boolean fromClient;
  private Protection protection = Protection.HANDSHAKE;
  private boolean first = true;

  /**
   * @param fromClient whether the stream comes from a client, whose first record cannot be an alert
   */
  public RecordFramer(boolean fromClient) {
    this.fromClient = fromClient;
  }

  /** The handshake is over. */
  public void established(Protection newProtection) {
    protection = newProtection;
  }

  /** Whether records are protected by now, so that an alert in clear must be ignored. */
  public boolean isProtected() {
    return protection != Protection.HANDSHAKE;
  }

  /**
   * The header of the record at the beginning of {@code in}, when the record is complete; null =
   * more octets are needed. Consumes nothing.
   *
   * @throws BrokenRecord when no peer may send this
   */
  public @Nullable TlsRecordHeader next(ByteBuf in) {
    int available = in.readableBytes();
    if (available > 0 && first) {
      checkFirst(in);
    }
    if (available < TlsRecordHeader.OCTETS) {
      return null;
    }
    TlsRecordHeader header = TlsRecordHeader.peek(in, in.readerIndex());
    first = false;
    check(header);
    return available < TlsRecordHeader.OCTETS + header.length() ? null : header;
  }

  /** The first octet reveals plain FTP, HTTP or an SSL 2 hello. */
  private void checkFirst(ByteBuf in) {
    int octet = in.getUnsignedByte(in.readerIndex());
    boolean handshake = octet == ContentType.HANDSHAKE.code();
    boolean alert = octet == ContentType.ALERT.code() && !fromClient;
    if (!handshake && !alert) {
      String start =
          in.toString(
              in.readerIndex(),
              Math.min(in.readableBytes(), OTHER_START),
              StandardCharsets.US_ASCII);
      throw new BrokenRecord(
          Alert.UNEXPECTED_MESSAGE,
          "not TLS: the first octet is " + octet + ", not 22",
          fromClient ? null : OtherProtocol.answered(start).orElse(null));
    }
  }

  private void check(TlsRecordHeader header) {
    boolean sealed = header.type() == ContentType.APPLICATION_DATA;
    int limit =
        protection == Protection.HANDSHAKE && sealed
            ? Protection.TLS_1_3.maxLength
            : protection.maxLength;
    if (header.length() > limit) {
      throw new BrokenRecord(
          Alert.RECORD_OVERFLOW, "record of " + header.length() + " octets, at most " + limit);
    }
    if (protection == Protection.TLS_1_2 && header.type() == ContentType.HANDSHAKE) {
      throw new BrokenRecord(Alert.UNEXPECTED_MESSAGE, "renegotiation is refused");
    }
  }
}
