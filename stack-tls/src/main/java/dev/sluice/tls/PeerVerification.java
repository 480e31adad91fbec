package dev.sluice.tls;

import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.X509TrustManager;

/** Which certificates are accepted. */
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
     * Refuses certificates that their authority has revoked (RFC 5280 section 5). For every
     * certificate of a chain, the file must hold a list from its issuer that is not out of date: a
     * missing list may have been suppressed by an attacker. The file is read again when it has
     * changed; while it cannot be read, every certificate is refused. Nothing is requested over the
     * network.
     *
     * @param file revocation lists (any number in PEM, or one in DER)
     */
    public Authorities withRevoked(Path file) {
      return new Authorities(certificates, Optional.of(file));
    }
  }

  /**
   * Peers with one of these keys, regardless of the issuer and the names in their certificates.
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

  /**
   * What {@code manager} accepts; the name of the host is checked besides, if it is to be.
   *
   * @param manager called off the event loops
   */
  record Decided(X509TrustManager manager) implements PeerVerification {}

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

  /** For certificates that are judged in another way, such as by a store of the company. */
  static PeerVerification by(X509TrustManager manager) {
    return new Decided(manager);
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
