package dev.sluice.tls;

import io.netty.util.NetUtil;
import java.security.cert.CertificateException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Rules for a chain beyond those that the provider's validation checks (RFC 9325, RFC 9525). */
final class CertificateRules {
  private static final int LONGEST_CHAIN = 10;
  private static final int SHORTEST_RSA_KEY = 2048;
  private static final int DNS_NAME = 2;
  private static final int IP_ADDRESS = 7;

  private CertificateRules() {}

  static void check(X509Certificate[] chain) throws CertificateException {
    if (chain.length == 0 || chain.length > LONGEST_CHAIN) {
      throw new CertificateException("a chain of " + chain.length + " certificates");
    }
    if (chain[0].getPublicKey() instanceof RSAKey key
        && key.getModulus().bitLength() < SHORTEST_RSA_KEY) {
      throw new CertificateException(
          "an RSA key of " + key.getModulus().bitLength() + " bits, at least " + SHORTEST_RSA_KEY);
    }
    for (X509Certificate certificate : chain) {
      checkSignature(certificate);
    }
  }

  /** A self-signed certificate is not trusted for its signature. */
  private static void checkSignature(X509Certificate certificate) throws CertificateException {
    boolean root =
        certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
    String algorithm = certificate.getSigAlgName().toUpperCase(Locale.ROOT);
    if (!root && (algorithm.startsWith("SHA1") || algorithm.startsWith("MD5"))) {
      throw new CertificateException("a certificate signed with " + algorithm);
    }
  }

  /**
   * Only alternative names count, not the common name that providers fall back to (RFC 9525 section
   * 2).
   *
   * @param host null = the name is not checked
   */
  static void checkNamed(X509Certificate leaf, @Nullable String host) throws CertificateException {
    if (host == null) {
      return;
    }
    int wanted =
        NetUtil.isValidIpV4Address(host) || NetUtil.isValidIpV6Address(host)
            ? IP_ADDRESS
            : DNS_NAME;
    if (names(leaf).stream().noneMatch(name -> name.get(0).equals(wanted))) {
      throw new CertificateException(
          "No subject alternative name for " + host + " in the certificate");
    }
  }

  private static Collection<List<?>> names(X509Certificate leaf)
      throws CertificateParsingException {
    Collection<List<?>> names = leaf.getSubjectAlternativeNames();
    return names == null ? List.of() : names;
  }
}
