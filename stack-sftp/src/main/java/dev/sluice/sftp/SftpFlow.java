package dev.sluice.sftp;

import io.soabase.recordbuilder.core.RecordBuilder;

/**
 * How much a client has under way.
 *
 * @param chunk octets of one READ or WRITE at most, 1,024 to 261,120; the server's limits lower it
 * @param window octets of one transfer that are under way at first
 * @param mostWindow octets of one transfer that are under way at most, and memory that it takes
 */
@RecordBuilder
public record SftpFlow(int chunk, long window, long mostWindow) implements SftpFlowBuilder.With {
  private static final int LEAST_CHUNK = 1024;
  private static final int MOST_CHUNK = 255 * 1024;

  /** 255 KiB, 2 MiB, 32 MiB. */
  public static final SftpFlow DEFAULT = new SftpFlow(MOST_CHUNK, 2 << 20, 32 << 20);

  public SftpFlow {
    if (chunk < LEAST_CHUNK || chunk > MOST_CHUNK) {
      throw new IllegalArgumentException(
          "chunk " + chunk + " is not between " + LEAST_CHUNK + " and " + MOST_CHUNK);
    }
    if (window < chunk || mostWindow < window) {
      throw new IllegalArgumentException(
          "window " + window + " to " + mostWindow + ": a chunk of " + chunk + " must fit");
    }
  }
}
