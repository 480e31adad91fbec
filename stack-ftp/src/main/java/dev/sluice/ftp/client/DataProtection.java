package dev.sluice.ftp.client;

import dev.sluice.api.ProtectionRefused;
import dev.sluice.ftp.FtpSecurity.Resumption;
import dev.sluice.tls.TlsClientOptions;
import dev.sluice.tls.TlsClientScope;
import dev.sluice.tls.core.TlsCore;
import dev.sluice.tls.session.TlsSession;
import dev.sluice.tls.session.TlsVersion;
import java.util.Optional;
import java.util.Set;
import reactor.core.publisher.Mono;

/**
 * Makes sure, before a transfer's command is sent, that its data connection can resume the control
 * connection's TLS session.
 *
 * <p>A TLS 1.3 ticket can be used only once, and some servers issue none while they receive a file
 * (ProFTPD). When the last ticket is used, the session continues over a new control connection:
 * with TLS 1.2, whose sessions can be resumed any number of times, or else with new tickets.
 */
final class DataProtection {
  /** One connection to find out that TLS 1.2 does not help, and one to get new tickets. */
  private static final int RENEWALS = 2;

  private DataProtection() {}

  /** Prepares the next data connection, where data are protected. */
  static Mono<Void> prepare(Conversation conversation) {
    return Mono.defer(() -> prepare(conversation, RENEWALS));
  }

  /** Records the TLS session that a data connection has negotiated. */
  static void secured(Conversation conversation, TlsSession session) {
    conversation.protection.resumed |= session.resumed();
    conversation.tellSecured(session);
  }

  private static Mono<Void> prepare(Conversation conversation, int renewals) {
    Protection protection = conversation.protection;
    if (!protection.data || protection.isPrepared()) {
      return Mono.empty();
    }
    Resumption wanted = conversation.options.security().resumption();
    Optional<TlsCore> next = resumption(conversation.control.scope(), wanted);
    if (next.isPresent()) {
      protection.prepare(next.get());
      return Mono.empty();
    }
    boolean ranOut = protection.resumed || renewals < RENEWALS;
    if (wanted != Resumption.OFF && ranOut && renewals > 0) {
      return renew(conversation).then(Mono.defer(() -> prepare(conversation, renewals - 1)));
    }
    if (wanted == Resumption.REQUIRED) {
      return Mono.error(
          new ProtectionRefused(
              "the server has given nothing to resume the TLS session with ("
                  + protection.describe()
                  + "), and resumption is required"));
    }
    TlsClientScope scope = conversation.control.scope();
    protection.prepare(wanted == Resumption.OFF ? scope.unrelated() : scope.first());
    return Mono.empty();
  }

  private static Optional<TlsCore> resumption(TlsClientScope scope, Resumption wanted) {
    return switch (wanted) {
      case OFF -> Optional.empty();
      case PREFERRED -> scope.preferablyResumed();
      case REQUIRED -> scope.resumed();
    };
  }

  private static Mono<Void> renew(Conversation conversation) {
    TlsClientOptions tls = conversation.options.security().tls();
    TlsSession before = conversation.protection.control;
    boolean wasNewer = before != null && before.version() == TlsVersion.TLS_1_3;
    boolean mayBeOlder = tls.versions().contains(TlsVersion.TLS_1_2);
    conversation.protection.onlyNewerResumes |= !wasNewer;
    boolean older = wasNewer && mayBeOlder && !conversation.protection.onlyNewerResumes;
    return Renewal.run(conversation, older ? tls.withVersions(Set.of(TlsVersion.TLS_1_2)) : tls);
  }
}
