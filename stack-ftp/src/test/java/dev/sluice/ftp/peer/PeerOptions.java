package dev.sluice.ftp.peer;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a test may ask of a real server beyond its defaults.
 *
 * @param ipv6 listens on {@code ::1} and not on {@code 127.0.0.1}
 * @param without commands in upper case that the server must refuse as if it did not have them
 *     (each with the reply of its own: pyftpdlib 500, Apache 502, vsftpd and ProFTPD 550; Pure-FTPd
 *     can refuse none)
 * @param idleSeconds the server ends a session that is silent for so long, at least 1
 * @param bytesPerSecond the most that one transfer moves, 0 for no limit
 * @param tls how it speaks TLS; null = not at all
 */
public record PeerOptions(
    boolean ipv6,
    Set<String> without,
    int idleSeconds,
    long bytesPerSecond,
    @Nullable PeerTls tls) {

  /** IPv4, every command, five minutes of silence, full speed, in clear. */
  public static final PeerOptions DEFAULT = new PeerOptions(false, Set.of(), 300, 0, null);

  /** Checks the ranges and keeps a copy of the set. */
  public PeerOptions {
    if (idleSeconds < 1 || bytesPerSecond < 0) {
      throw new IllegalArgumentException(
          "idleSeconds=" + idleSeconds + " bytesPerSecond=" + bytesPerSecond);
    }
    without = Set.copyOf(without);
  }

  /** The same on {@code ::1}. */
  public PeerOptions onIpv6() {
    return new PeerOptions(true, without, idleSeconds, bytesPerSecond, tls);
  }

  /** The same without these commands. */
  public PeerOptions lacking(String... commands) {
    return new PeerOptions(ipv6, Set.of(commands), idleSeconds, bytesPerSecond, tls);
  }

  /** The same with another idle time. */
  public PeerOptions idleAfter(int seconds) {
    return new PeerOptions(ipv6, without, seconds, bytesPerSecond, tls);
  }

  /** The same with a limit on the rate of each transfer. */
  public PeerOptions slowedTo(long rate) {
    return new PeerOptions(ipv6, without, idleSeconds, rate, tls);
  }

  /** The same with TLS. */
  public PeerOptions secured(PeerTls newTls) {
    return new PeerOptions(ipv6, without, idleSeconds, bytesPerSecond, newTls);
  }

  boolean isImplicit() {
    return tls != null && tls.isImplicit();
  }

  String host() {
    return ipv6 ? "::1" : "127.0.0.1";
  }
}
