package dev.sluice.ftp;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Duration;

/**
 * How a client transfers files.
 *
 * @param mode who opens the data connections
 * @param format how the octets of files travel; {@link TransferFormat#PLAIN} unless chosen
 *     otherwise
 * @param keepAlive interval of NOOP during transfers; zero = none
 * @param abort how a transfer is cut short
 * @param truncationTolerated takes a download under TLS for complete though the server ends the
 *     connection without close_notify and says nowhere how long it is: an attacker may have cut it
 */
@RecordBuilder
public record FtpData(
    DataMode mode,
    TransferFormat format,
    Duration keepAlive,
    AbortPolicy abort,
    boolean truncationTolerated)
    implements FtpDataBuilder.With {
  /** Passive, octets as they are, a NOOP each minute, complete files only. */
  public static final FtpData DEFAULT =
      new FtpData(
          DataMode.passive(),
          TransferFormat.PLAIN,
          Duration.ofSeconds(60),
          AbortPolicy.COMMAND,
          false);

  public FtpData {
    if (keepAlive.isNegative()) {
      throw new IllegalArgumentException("keepAlive must not be negative: " + keepAlive);
    }
  }
}
