package dev.sluice.ssh;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Duration;

/**
 * How long keys are used (RFC 4253 section 9, RFC 4344 section 3).
 *
 * @param octets in either direction
 * @param packets in either direction
 * @param time since the keys came into use
 */
@RecordBuilder
public record RekeyPolicy(long octets, long packets, Duration time)
    implements RekeyPolicyBuilder.With {
  public static final RekeyPolicy DEFAULT =
      new RekeyPolicy(1L << 30, 1L << 31, Duration.ofHours(1));

  public RekeyPolicy {
    if (octets <= 0 || packets <= 0 || packets > 1L << 31 || time.isZero() || time.isNegative()) {
      throw new IllegalArgumentException(
          "rekey after " + octets + " octets, " + packets + " packets or " + time);
    }
  }
}
