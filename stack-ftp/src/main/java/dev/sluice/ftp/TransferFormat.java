package dev.sluice.ftp;

import io.soabase.recordbuilder.core.RecordBuilder;

/**
 * How the octets of a file travel: TYPE and MODE together. STRU is F, always.
 *
 * @param type the representation
 * @param mode the transmission
 * @param deflateLevel 0 to 9, or -1 for the default of zlib; used in {@link TransferMode#DEFLATE}
 */
@RecordBuilder
public record TransferFormat(TransferType type, TransferMode mode, int deflateLevel)
    implements TransferFormatBuilder.With {
  /**
   * The format at the start of every control connection: {@code TYPE A}, {@code MODE S} (RFC 959
   * section 5.1).
   */
  public static final TransferFormat INITIAL =
      new TransferFormat(TransferType.ASCII, TransferMode.STREAM, -1);

  /** Octets as they are, ended by the connection. */
  public static final TransferFormat PLAIN =
      new TransferFormat(TransferType.IMAGE, TransferMode.STREAM, -1);

  public TransferFormat {
    if (deflateLevel < -1 || deflateLevel > 9) {
      throw new IllegalArgumentException("deflate level " + deflateLevel);
    }
  }

  /** Whether octets travel unchanged, so that a file may go by {@code sendfile}. */
  public boolean isPlain() {
    return type == TransferType.IMAGE && mode == TransferMode.STREAM;
  }
}
