package dev.sluice.ssh.key;

import dev.sluice.ssh.algorithm.HashAlgorithm;
import java.util.Optional;
import java.util.Set;

/**
 * What makes a certificate invalid, no matter who signed it (OpenSSH PROTOCOL.certkeys). Whether
 * its authority is trusted, and for which names, is decided elsewhere.
 */
public final class CertificateCheck {
  private static final Set<String> USER_OPTIONS =
      Set.of("force-command", "source-address", "verify-required");

  private CertificateCheck() {}

  /**
   * Why the certificate is refused; empty = it is not. Verifies a signature: call it off the event
   * loop.
   *
   * @param role whom it must be about
   * @param nowSeconds seconds since 1970
   */
  public static Optional<String> refusal(
      Certificate certificate, Certificate.Role role, long nowSeconds) {
    if (certificate.role() != role) {
      return Optional.of("it is a certificate for a " + certificate.role());
    }
    if (Long.compareUnsigned(nowSeconds, certificate.validAfter()) < 0) {
      return Optional.of("it is not valid yet");
    }
    if (Long.compareUnsigned(nowSeconds, certificate.validBefore()) >= 0) {
      return Optional.of("it has expired");
    }
    if (certificate.principals().isEmpty()) {
      return Optional.of("it names nobody it is for");
    }
    Set<String> known = role == Certificate.Role.USER ? USER_OPTIONS : Set.of();
    for (String option : certificate.criticalOptions().keySet()) {
      if (!known.contains(option)) {
        return Optional.of("it has the unknown critical option " + option);
      }
    }
    return isSigned(certificate)
        ? Optional.empty()
        : Optional.of("its authority's signature is wrong");
  }

  /** Any algorithm of the authority's key but SHA-1. */
  private static boolean isSigned(Certificate certificate) {
    byte[] signed = certificate.signedPart();
    return SignatureAlgorithms.fitting(certificate.authority()).stream()
        .filter(algorithm -> algorithm.hash() != HashAlgorithm.SHA1)
        .anyMatch(
            algorithm ->
                algorithm.verify(certificate.authority(), signed, certificate.signature()));
  }
}
