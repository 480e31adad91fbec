package dev.sluice.sftp;

import io.soabase.recordbuilder.core.RecordBuilder;

/**
 * What a server takes from a client.
 *
 * @param packet octets of the longest packet, 34,000 at least
 * @param read octets that one READ yields at most
 * @param handles that one session may have open
 * @param requests received and not answered, beyond which no more are read
 * @param waiting octets of requests and of answers, beyond which no more are read
 */
@RecordBuilder
public record SftpServerLimits(int packet, int read, int handles, int requests, int waiting)
    implements SftpServerLimitsBuilder.With {
  private static final int LEAST_PACKET = 34_000;
  private static final int READ_OVERHEAD = 1024;
  private static final int DEFAULT_PACKET = 256 * 1024;

  public static final SftpServerLimits DEFAULT =
      new SftpServerLimits(
          DEFAULT_PACKET, DEFAULT_PACKET - READ_OVERHEAD, 1024, 256, 2 * 1024 * 1024);

  public SftpServerLimits {
    if (packet < LEAST_PACKET || read < 1 || handles < 1 || requests < 1 || waiting < 1) {
      throw new IllegalArgumentException(
          "packet %d (%d at least), read %d, handles %d, requests %d, waiting %d"
              .formatted(packet, LEAST_PACKET, read, handles, requests, waiting));
    }
  }
}
