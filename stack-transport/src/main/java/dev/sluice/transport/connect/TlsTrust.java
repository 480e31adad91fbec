package dev.sluice.transport.connect;

import java.nio.file.Path;
import java.util.Set;
import javax.net.ssl.X509TrustManager;

/** Which certificates of TLS are accepted. */
public sealed interface TlsTrust {

  /** The authorities that the JDK trusts. */
  record SystemTrust() implements TlsTrust {}

  /**
   * The authorities in a file, and no others.
   *
   * @param file PEM, one certificate at least
   */
  record Authorities(Path file) implements TlsTrust {}

  /**
   * Peers with one of these keys, whatever their certificate says.
   *
   * @param pins SHA-256 over SubjectPublicKeyInfo, in Base64 (RFC 7469, 2.4)
   */
  record Pinned(Set<String> pins) implements TlsTrust {
    public Pinned {
      pins = Set.copyOf(pins);
      if (pins.isEmpty()) {
        throw new IllegalArgumentException("no key would be accepted");
      }
    }
  }

  /**
   * What {@code manager} accepts. The certificate must name the host besides.
   *
   * @param manager called off the event loops; may block, for as long as a handshake may take
   */
  record Decided(X509TrustManager manager) implements TlsTrust {}

  /** Anyone at all, the attacker in the middle included. */
  record DangerouslyTrustAnyone() implements TlsTrust {}

  static TlsTrust system() {
    return new SystemTrust();
  }

  static TlsTrust authorities(Path file) {
    return new Authorities(file);
  }

  static TlsTrust pinned(String... pins) {
    return new Pinned(Set.of(pins));
  }

  static TlsTrust by(X509TrustManager manager) {
    return new Decided(manager);
  }

  static TlsTrust dangerouslyTrustAnyone() {
    return new DangerouslyTrustAnyone();
  }
}
