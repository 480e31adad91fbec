package dev.sluice.tls;

import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Whose certificates are accepted. */
public sealed interface PeerVerification {

  /** The authorities that the JDK trusts. */
  record SystemTrust() implements PeerVerification {}

  /**
   * These authorities and no others.
   *
   * @param certificates roots, or self-signed certificates of peers
   * @param revoked a file as {@link #withRevoked} takes it; empty = nothing counts as revoked
   */
  record Authorities(List<X509Certificate> certificates, Optional<Path> revoked)
      implements PeerVerification {
    public Authorities {
      certificates = List.copyOf(certificates);
      if (certificates.isEmpty()) {
        throw new IllegalArgumentException("no authority would be trusted");
      }
    }

    /**
     * Refuses certificates that their authority has revoked (RFC 5280 section 5). Every certificate
     * of a chain must have a list of its issuer in the file, and one that is not out of date: an
     * authority that is silent may have been kept from speaking. The file is read again when it has
     * changed; one that cannot be read lets nobody in. Nothing is asked for over the network.
     *
     * @param file revocation lists (PEM, or one in DER)
     */
    public Authorities withRevoked(Path file) {
      return new Authorities(certificates, Optional.of(file));
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

  static Authorities authorities(List<X509Certificate> certificates) {
    return new Authorities(certificates, Optional.empty());
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
