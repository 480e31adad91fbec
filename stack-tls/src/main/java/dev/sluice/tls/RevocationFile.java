package dev.sluice.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.cert.CertificateException;
import java.security.cert.X509CRL;
import java.security.cert.X509CRLEntry;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.function.Function;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * The revocation lists in a file (RFC 5280 section 5), and validation against them. The file is
 * read again when it has changed: lists are replaced every few days. While it cannot be read, every
 * certificate is refused. Reads files: engines validate in delegated tasks, not on event loops.
 */
final class RevocationFile {
  private final Path file;
  private final Function<Collection<X509CRL>, X509ExtendedTrustManager> validation;
  private @Nullable Loaded loaded;

  private record Loaded(
      FileTime changed, long octets, List<X509CRL> lists, X509ExtendedTrustManager paths) {}

  /**
   * Reads the file; throws an {@link IllegalArgumentException} that names it when it holds no list.
   */
  RevocationFile(Path file, Function<Collection<X509CRL>, X509ExtendedTrustManager> validation) {
    this.file = file;
    this.validation = validation;
    current();
  }

  /**
   * Checks a chain against the current lists, and returns a validator of paths that uses them.
   *
   * @throws CertificateException when the certificate is revoked, or its issuer has no list that is
   *     still valid
   */
  X509ExtendedTrustManager check(X509Certificate[] chain) throws CertificateException {
    Loaded now;
    try {
      now = current();
    } catch (IllegalArgumentException e) {
      throw new CertificateException(e.getMessage(), e);
    }
    Instant date = Instant.now();
    boolean listed = false;
    for (X509CRL list : now.lists()) {
      for (X509Certificate certificate : chain) {
        if (list.getIssuerX500Principal().equals(certificate.getIssuerX500Principal())) {
          checkAge(list, date);
          checkEntry(list, certificate);
          listed |= certificate.equals(chain[0]);
        }
      }
    }
    if (!listed && !isTrustedItself(chain[0], now.paths())) {
      throw new CertificateException(
          file + " holds no revocation list of " + chain[0].getIssuerX500Principal());
    }
    return now.paths();
  }

  /** The provider tolerates a list for some minutes longer, and its error says less. */
  private void checkAge(X509CRL list, Instant now) throws CertificateException {
    Date next = list.getNextUpdate();
    if (next != null && next.toInstant().isBefore(now)) {
      throw new CertificateException(
          "the revocation list of "
              + list.getIssuerX500Principal()
              + " in "
              + file
              + " was good until "
              + next.toInstant()
              + "; it needs a newer one");
    }
  }

  private void checkEntry(X509CRL list, X509Certificate certificate) throws CertificateException {
    X509CRLEntry entry = list.getRevokedCertificate(certificate);
    if (entry != null) {
      throw new CertificateException(
          certificate.getSubjectX500Principal()
              + ", serial number "
              + certificate.getSerialNumber().toString(16)
              + ", was revoked on "
              + entry.getRevocationDate().toInstant()
              + ", says "
              + file);
    }
  }

  private static boolean isTrustedItself(X509Certificate leaf, X509ExtendedTrustManager paths) {
    return List.of(paths.getAcceptedIssuers()).contains(leaf);
  }

  private synchronized Loaded current() {
    try {
      FileTime changed = Files.getLastModifiedTime(file);
      long octets = Files.size(file);
      Loaded before = loaded;
      if (before != null && before.changed().equals(changed) && before.octets() == octets) {
        return before;
      }
      List<X509CRL> lists = PemFiles.revocationLists(file);
      Loaded now = new Loaded(changed, octets, lists, validation.apply(lists));
      loaded = now;
      return now;
    } catch (IOException e) {
      throw PemFiles.unreadable(file, e);
    }
  }
}
