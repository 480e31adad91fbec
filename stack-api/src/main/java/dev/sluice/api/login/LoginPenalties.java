package dev.sluice.api.login;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Failed logins by client address, across connections. Memory is bounded: at most {@value
 * #MAX_ADDRESSES} addresses are remembered, the oldest failures are forgotten first.
 */
public final class LoginPenalties {
  private static final int MAX_ADDRESSES = 10_000;

  private final int banAfter;
  private final Duration banTime;
  private final LongSupplier nanoTime;
  private final Map<InetAddress, Failures> failures = new ConcurrentHashMap<>();

  private record Failures(int count, long lastNanos) {}

  /**
   * @param banAfter failures from one address that shut it out
   * @param banTime for how long, and after which failures are forgotten
   * @param nanoTime a clock that only runs forward
   */
  public LoginPenalties(int banAfter, Duration banTime, LongSupplier nanoTime) {
    this.banAfter = banAfter;
    this.banTime = banTime;
    this.nanoTime = nanoTime;
  }

  /** Whether {@code client} has failed too often, too recently. */
  public boolean isBanned(InetAddress client) {
    Failures known = failures.get(withoutZone(client));
    return known != null && known.count >= banAfter && !isOver(known);
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
        withoutZone(client),
        (address, known) ->
            new Failures(known == null || isOver(known) ? 1 : known.count + 1, now));
  }

  public void succeeded(InetAddress client) {
    failures.remove(withoutZone(client));
  }

  private boolean isOver(Failures known) {
    return nanoTime.getAsLong() - known.lastNanos > banTime.toNanos();
  }

  /** Java itself makes IPv4 addresses of those that are mapped. */
  private static InetAddress withoutZone(InetAddress address) {
    try {
      return address instanceof Inet6Address
          ? InetAddress.getByAddress(address.getAddress())
          : address;
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address has a legal length", e);
    }
  }
}
