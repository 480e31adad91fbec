package dev.sluice.ftp.client;

import dev.sluice.ftp.PathCharset;
import dev.sluice.ftp.TransferFormat;
import org.jspecify.annotations.Nullable;

/**
 * What client and server have set on one control connection; a new connection starts from the
 * defaults. Touched on the event loop only.
 */
final class Agreed {
  /** How names are written and read. */
  PathCharset charset;

  /** What TYPE and MODE are set to; null = not known. */
  @Nullable TransferFormat format = TransferFormat.INITIAL;

  /** The server remembers an offset that no transfer has used. */
  boolean restPending;

  /** The working directory is not that of the login any more. */
  boolean away;

  Agreed(PathCharset charset) {
    this.charset = charset;
  }
}
