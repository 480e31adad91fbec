package dev.sluice.ssh.key.trust;

import dev.sluice.ssh.SshViolation;
import dev.sluice.ssh.key.SshPublicKey;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.NoSuchElementException;
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

  /** Reads a line; empty = a comment, or nothing that can be understood. */
  static Optional<KnownHost> parse(String line) {
    String text = line.strip();
    if (text.isEmpty() || text.startsWith("#") || text.length() > MAX_LINE) {
      return Optional.empty();
    }
    Deque<String> fields = new ArrayDeque<>(Arrays.asList(text.split("[ \t]+", -1)));
    try {
      Marker marker = marker(fields);
      HostMatcher hosts = HostMatcher.parse(fields.removeFirst());
      return Optional.of(new KnownHost(marker, hosts, key(fields)));
    } catch (IllegalArgumentException | NoSuchElementException | SshViolation e) {
      return Optional.empty();
    }
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

  private static SshPublicKey key(Deque<String> fields) {
    return KeyText.parse(fields.removeFirst(), fields.removeFirst());
  }
}
