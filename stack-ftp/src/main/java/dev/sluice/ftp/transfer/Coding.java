package dev.sluice.ftp.transfer;

import dev.sluice.ftp.InflateLimit;
import dev.sluice.ftp.TransferFormat;
import dev.sluice.ftp.TransferMode;
import dev.sluice.ftp.TransferType;

/** What a {@link TransferFormat} does to the octets of a file. */
public final class Coding {
  private Coding() {}

  /** From the octets of a file to those of the data connection: TYPE, then MODE. */
  public static OctetTransform encoder(TransferFormat format) {
    OctetTransform byMode =
        switch (format.mode()) {
          case STREAM -> new Identity();
          case BLOCK -> new BlockEncoder();
          case DEFLATE -> new DeflateEncoder(format.deflateLevel());
        };
    return format.type() == TransferType.ASCII ? join(new AsciiEncoder(), byMode) : byMode;
  }

  /** From the octets of the data connection to those of a file, of any size. */
  public static OctetTransform decoder(TransferFormat format) {
    return decoder(format, InflateLimit.DEFAULT);
  }

  /**
   * From the octets of the data connection to those of a file: MODE, then TYPE.
   *
   * @param limit how far {@link TransferMode#DEFLATE} may grow
   */
  public static OctetTransform decoder(TransferFormat format, InflateLimit limit) {
    OctetTransform byMode =
        switch (format.mode()) {
          case STREAM -> new Identity();
          case BLOCK -> new BlockDecoder();
          case DEFLATE -> new InflateDecoder(limit);
        };
    return format.type() == TransferType.ASCII ? join(byMode, new AsciiDecoder()) : byMode;
  }

  private static OctetTransform join(OctetTransform first, OctetTransform second) {
    if (first instanceof Identity) {
      return second;
    }
    return second instanceof Identity ? first : new Chain(first, second);
  }
}
