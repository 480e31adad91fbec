package dev.sluice.ftp.peer;

import java.util.Set;

/**
 * What a test may ask of a real server beyond its defaults.
 *
 * @param ipv6 listens on {@code ::1} and not on {@code 127.0.0.1}
 * @param without commands in upper case that the server must refuse as if it did not have them
 *     (each with the reply of its own: pyftpdlib 500, Apache 502, vsftpd and ProFTPD 550; Pure-FTPd
 *     can refuse none)
 * @param idleSeconds the server ends a session that is silent for so long, at least 1
 * @param bytesPerSecond the most that one transfer moves, 0 for no limit
 */
public record PeerOptions(boolean ipv6, Set<String> without, int idleSeconds, long bytesPerSecond) {

  /** IPv4, every command, five minutes of silence, full speed. */
  public static final PeerOptions DEFAULT = new PeerOptions(false, Set.of(), 300, 0);

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
    return new PeerOptions(true, without, idleSeconds, bytesPerSecond);
  }

  /** The same without these commands. */
  public PeerOptions lacking(String... commands) {
    return new PeerOptions(ipv6, Set.of(commands), idleSeconds, bytesPerSecond);
  }

  /** The same with another idle time. */
  public PeerOptions idleAfter(int seconds) {
    return new PeerOptions(ipv6, without, seconds, bytesPerSecond);
  }

  /** The same with a limit on the rate of each transfer. */
  public PeerOptions slowedTo(long rate) {
    return new PeerOptions(ipv6, without, idleSeconds, rate);
  }

  String host() {
    return ipv6 ? "::1" : "127.0.0.1";
  }
}
