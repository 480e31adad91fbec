package dev.sluice.tls;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/** Whose certificates are accepted. */
public sealed interface PeerVerification {

  /** The authorities that the JDK trusts. */
  record SystemTrust() implements PeerVerification {}

  /**
   * These authorities and no others.
   *
   * @param certificates roots, or self-signed certificates of peers
   */
  record Authorities(List<X509Certificate> certificates) implements PeerVerification {
    public Authorities {
      certificates = List.copyOf(certificates);
      if (certificates.isEmpty()) {
        throw new IllegalArgumentException("no authority would be trusted");
      }
    }
  }

  /**
   * Peers with one of these keys, whoever signed their certificates and whatever names are in them.
   *
   * @param pins as {@link #pin} makes them
   */
  record PinnedKeys(Set<String> pins) implements PeerVerification {
    public PinnedKeys {
      pins = Set.copyOf(pins);
      if (pins.isEmpty()) {
        throw new IllegalArgumentException("no key would be accepted");
      }
    }
  }

  /** Anyone at all, the attacker in the middle included. */
  record DangerouslyTrustAnyone() implements PeerVerification {}

  static PeerVerification system() {
    return new SystemTrust();
  }

  static PeerVerification authorities(List<X509Certificate> certificates) {
    return new Authorities(certificates);
  }

  static PeerVerification pinned(String... pins) {
    return new PinnedKeys(Set.of(pins));
  }

  static PeerVerification dangerouslyTrustAnyone() {
    return new DangerouslyTrustAnyone();
  }

  /** SHA-256 over the certificate's public key (SubjectPublicKeyInfo), in Base64: RFC 7469, 2.4. */
  static String pin(X509Certificate certificate) {
    try {
      byte[] key = certificate.getPublicKey().getEncoded();
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256").digest(key));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
