package dev.sluice.ssh.key.trust;

import dev.sluice.ssh.key.SshPublicKey;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;

/**
 * A line of known_hosts.
 *
 * @param marker what the key is for
 * @param hosts which hosts it is about
 * @param key never a certificate
 */
record KnownHost(Marker marker, HostMatcher hosts, SshPublicKey key) {

  /** What a line says about its key. */
  enum Marker {
    /** It is the host's. */
    KEY,
    /** It signs the certificates of hosts. */
    CERT_AUTHORITY,
    /** It must not be used any more. */
    REVOKED
  }

  private static final int MAX_LINE = 64 * 1024;

  /**
   * Reads a line; empty = a key of a type that we do not use, which no host can show us.
   *
   * @throws IllegalArgumentException for a line that cannot be understood
   */
  static Optional<KnownHost> parse(String text) {
    if (text.length() > MAX_LINE) {
      throw new IllegalArgumentException("longer than " + MAX_LINE + " characters");
    }
    Deque<String> fields = new ArrayDeque<>(Arrays.asList(text.split("[ \t]+", -1)));
    Marker marker = marker(fields);
    if (fields.size() < 3) {
      throw new IllegalArgumentException("hosts, a key type and a key are expected");
    }
    HostMatcher hosts = HostMatcher.parse(fields.removeFirst());
    String type = fields.removeFirst();
    String blob = fields.removeFirst();
    return KeyText.isForeign(type, blob)
        ? Optional.empty()
        : Optional.of(new KnownHost(marker, hosts, KeyText.parse(type, blob)));
  }

  private static Marker marker(Deque<String> fields) {
    if (!fields.getFirst().startsWith("@")) {
      return Marker.KEY;
    }
    return switch (fields.removeFirst()) {
      case "@cert-authority" -> Marker.CERT_AUTHORITY;
      case "@revoked" -> Marker.REVOKED;
      default -> throw new IllegalArgumentException("unknown marker");
    };
  }
}
