package dev.sluice.ssh;

import io.soabase.recordbuilder.core.RecordBuilder;

/**
 * How large receive windows are, in octets.
 *
 * @param initial at first, for each channel
 * @param most how far it may grow, for each channel
 * @param connection for all channels of a connection
 * @param maxPacket data in one message
 */
@RecordBuilder
public record WindowLimits(long initial, long most, long connection, int maxPacket)
    implements WindowLimitsBuilder.With {
  public static final WindowLimits DEFAULT =
      new WindowLimits(2L << 20, 64L << 20, 128L << 20, 32 * 1024);

  public WindowLimits {
    if (initial <= 0 || most < initial || most > 0xFFFF_FFFFL || maxPacket <= 0) {
      throw new IllegalArgumentException(
          "windows: initial " + initial + ", most " + most + ", packet " + maxPacket);
    }
  }
}
