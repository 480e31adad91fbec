package dev.sluice.ftp.server;

import dev.sluice.ftp.FtpServerOptions;
import dev.sluice.ftp.io.Addresses;
import java.net.InetAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Failed logins by client address, across connections (RFC 2577 section 5). Memory is bounded: at
 * most {@value #MAX_ADDRESSES} addresses are remembered, the oldest failures are forgotten first.
 */
public final class LoginPenalties {
  private static final int MAX_ADDRESSES = 10_000;

  private final FtpServerOptions.Login policy;
  private final LongSupplier nanoTime;
  private final Map<InetAddress, Failures> failures = new ConcurrentHashMap<>();

  private record Failures(int count, long lastNanos) {}

  /**
   * @param nanoTime a clock that only runs forward
   */
  public LoginPenalties(FtpServerOptions.Login policy, LongSupplier nanoTime) {
    this.policy = policy;
    this.nanoTime = nanoTime;
  }

  /** Whether {@code client} has failed too often, too recently. */
  public boolean isBanned(InetAddress client) {
    Failures known = failures.get(Addresses.plain(client));
    return known != null && known.count >= policy.banAfter() && !isOver(known);
  }

  public void failed(InetAddress client) {
    long now = nanoTime.getAsLong();
    if (failures.size() >= MAX_ADDRESSES) {
      failures.values().removeIf(this::isOver);
      if (failures.size() >= MAX_ADDRESSES) {
        failures.entrySet().stream()
            .min((a, b) -> Long.compare(a.getValue().lastNanos, b.getValue().lastNanos))
            .ifPresent(oldest -> failures.remove(oldest.getKey()));
      }
    }
    failures.compute(
        Addresses.plain(client),
        (address, known) ->
            new Failures(known == null || isOver(known) ? 1 : known.count + 1, now));
  }

  public void succeeded(InetAddress client) {
    failures.remove(Addresses.plain(client));
  }

  private boolean isOver(Failures known) {
    return nanoTime.getAsLong() - known.lastNanos > policy.banTime().toNanos();
  }
}
