package dev.sluice.transport.door;

import io.soabase.recordbuilder.core.RecordBuilder;

/**
 * How many sessions a server has; more are refused when they connect. When the places before login
 * are taken, a newcomer gets that of the client which holds most. A client is an IPv4 address or
 * the /64 of an IPv6 address.
 *
 * @param total in all
 * @param perAddress from one client
 * @param notLoggedIn in all, before login
 * @param notLoggedInPerAddress from one client, before login (PerSourceMaxStartups of
 *     sshd_config(5))
 */
@RecordBuilder
public record SessionLimits(int total, int perAddress, int notLoggedIn, int notLoggedInPerAddress)
    implements SessionLimitsBuilder.With {
  /** 10,000, 200 from one client, 100 before login, a third of them from one client. */
  public static final SessionLimits DEFAULT = new SessionLimits(10_000, 200, 100);

  public SessionLimits {
    if (total < 1 || perAddress < 1 || notLoggedIn < 1 || notLoggedInPerAddress < 1) {
      throw new IllegalArgumentException(
          "sessions must be positive: total %d, from one address %d, before login %d and %d"
              .formatted(total, perAddress, notLoggedIn, notLoggedInPerAddress));
    }
  }

  /** With a third of the places before login for one client. */
  public SessionLimits(int total, int perAddress, int notLoggedIn) {
    this(total, perAddress, notLoggedIn, (notLoggedIn + 2) / 3);
  }
}
