package dev.sluice.tls.core;

import dev.sluice.api.AuthenticationFailed;
import dev.sluice.api.ConnectFailed;
import dev.sluice.api.PeerMisbehaved;
import dev.sluice.api.PeerUntrusted;
import dev.sluice.api.ProtectionRefused;
import dev.sluice.api.TransferException;
import dev.sluice.tls.record.BrokenRecord;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsFatalAlertReceived;

/** Maps the failures of engines to our errors: the only place that does. */
public final class TlsErrors {
  /** SunJSSE: {@code Received fatal alert: handshake_failure}. */
  private static final Pattern RECEIVED = Pattern.compile("(?i)received fatal alert: ([a-z_0-9]+)");

  /** Alerts by which a peer says that it does not accept our identity. */
  private static final Set<String> NOT_ACCEPTED =
      Set.of(
          "bad_certificate",
          "unsupported_certificate",
          "certificate_revoked",
          "certificate_expired",
          "certificate_unknown",
          "unknown_ca",
          "access_denied",
          "certificate_required",
          "bad_certificate_status_response",
          "unknown_psk_identity");

  /** Alerts by which a peer says that it finds no common ground with us. */
  private static final Set<String> NOTHING_IN_COMMON =
      Set.of(
          "handshake_failure",
          "protocol_version",
          "insufficient_security",
          "inappropriate_fallback",
          "unrecognized_name",
          "no_application_protocol",
          "missing_extension",
          "internal_error");

  private TlsErrors() {}

  /** The error for a failure of an engine. */
  public static TransferException of(Throwable failure) {
    if (failure instanceof TransferException ours) {
      return ours;
    }
    if (failure instanceof BrokenRecord && failure.getCause() instanceof TransferException other) {
      return other;
    }
    Optional<String> alert = receivedAlert(failure);
    if (alert.isPresent()) {
      return ofAlert(alert.get(), failure);
    }
    Optional<Throwable> certificate = causeIn(failure, TlsErrors::isAboutCertificates);
    if (certificate.isPresent()) {
      return new PeerUntrusted(
          "the certificate of the peer is not accepted: " + certificate.get().getMessage(),
          failure);
    }
    if (text(failure).contains("New session creation is disabled")) {
      return new ProtectionRefused("the peer did not go on from the TLS session before", failure);
    }
    if (isAboutCommonGround(failure)) {
      return new ConnectFailed("TLS: " + failure.getMessage(), failure);
    }
    return new PeerMisbehaved("TLS: " + text(failure), failure);
  }

  /** What a fatal alert of the peer means, by its registered name. */
  private static TransferException ofAlert(String alert, Throwable failure) {
    if (NOT_ACCEPTED.contains(alert)) {
      return new AuthenticationFailed(
          "the peer refused the TLS handshake with "
              + alert
              + ": it does not accept our"
              + " certificate, or wants one",
          failure);
    }
    if (NOTHING_IN_COMMON.contains(alert)) {
      return new ConnectFailed(
          "the peer refused the TLS handshake with "
              + alert
              + ": no version, cipher suite, name"
              + " or protocol in common, or no certificate where one is wanted",
          failure);
    }
    return new PeerMisbehaved("the peer ended TLS with alert " + alert, failure);
  }

  private static Optional<String> receivedAlert(Throwable failure) {
    Optional<Throwable> bouncyCastle =
        causeIn(failure, cause -> cause instanceof TlsFatalAlertReceived);
    if (bouncyCastle.isPresent()) {
      short code = ((TlsFatalAlertReceived) bouncyCastle.get()).getAlertDescription();
      return Optional.of(AlertDescription.getName(code));
    }
    Matcher matcher = RECEIVED.matcher(text(failure));
    return matcher.find()
        ? Optional.of(matcher.group(1).toLowerCase(Locale.ROOT))
        : Optional.empty();
  }

  private static boolean isAboutCertificates(Throwable cause) {
    return cause instanceof CertificateException || cause instanceof CertPathValidatorException;
  }

  /** Whether the handshake failed before the peer's identity was checked. */
  private static boolean isAboutCommonGround(Throwable failure) {
    if (causeIn(failure, cause -> cause instanceof TlsFatalAlert alert && isCommon(alert))
        .isPresent()) {
      return true;
    }
    String message = text(failure);
    return failure instanceof SSLException
        && (message.contains("No appropriate protocol")
            || message.contains("no cipher suites in common")
            || message.contains("(handshake_failure)")
            || message.contains("(protocol_version)")
            || message.contains("not supported")
            || message.contains("not accepted by client preferences")
            || message.contains("No matching application layer protocol")
            || message.contains("No available application protocol"));
  }

  private static boolean isCommon(TlsFatalAlert alert) {
    return NOTHING_IN_COMMON.contains(AlertDescription.getName(alert.getAlertDescription()));
  }

  private static Optional<Throwable> causeIn(
      Throwable failure, java.util.function.Predicate<Throwable> wanted) {
    int depth = 0;
    for (Throwable cause = failure; cause != null && depth < 16; cause = cause.getCause()) {
      if (wanted.test(cause)) {
        return Optional.of(cause);
      }
      depth++;
    }
    return Optional.empty();
  }

  private static String text(Throwable failure) {
    return String.valueOf(failure.getMessage());
  }
}
