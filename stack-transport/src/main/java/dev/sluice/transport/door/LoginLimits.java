package dev.sluice.transport.door;

import dev.sluice.transport.Network;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Duration;
import java.util.List;

/**
 * What failed logins cost (RFC 2577 section 5).
 *
 * @param attempts failures that end a session
 * @param delay the least time that a refusal takes; other sessions are not held up
 * @param banAfter failures from one client address, across connections, that ban it; ten times as
 *     many at one name ban passwords for that name. An IPv6 client is a /64
 * @param banTime the length of the first ban, each further one is twice as long; in that time
 *     {@code banAfter} failures fade
 * @param neverBanned networks whose addresses are never banned, and for which the limits of one
 *     address in {@link SessionLimits} do not count: balancers, gateways of many users, monitoring
 */
@RecordBuilder
public record LoginLimits(
    int attempts, Duration delay, int banAfter, Duration banTime, List<Network> neverBanned)
    implements LoginLimitsBuilder.With {
  public LoginLimits {
    neverBanned = List.copyOf(neverBanned);
    if (attempts < 1 || delay.isNegative()) {
      throw new IllegalArgumentException("attempts " + attempts + ", delay " + delay);
    }
    if (banAfter < 1 || banTime.isNegative() || banTime.isZero()) {
      throw new IllegalArgumentException("ban after " + banAfter + " for " + banTime);
    }
  }
}
