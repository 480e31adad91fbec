package dev.sluice.transport.door;

import dev.sluice.api.AuthenticationFailed;
import dev.sluice.api.login.Authenticator;
import dev.sluice.api.login.Identity;
import dev.sluice.api.login.LoginAttempt;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/**
 * Admits a client whose certificate belongs to the given user, and refuses a client whose
 * certificate belongs to another user. Certificates that belong to nobody decide nothing; other
 * attempts go to another authenticator.
 *
 * <p>The operator's rule decides which user a certificate belongs to: by subject, alternative name
 * or key. The handshake has already verified that the client holds the key and that the chain is
 * trusted.
 */
public final class CertificateUsers implements Authenticator {
  private final Function<X509Certificate, Optional<Identity>> rule;
  private final Authenticator others;

  private CertificateUsers(
      Function<X509Certificate, Optional<Identity>> rule, Authenticator others) {
    this.rule = rule;
    this.others = others;
  }

  /**
   * Asks {@code rule} first.
   *
   * @param rule the owner of a certificate; empty = nobody
   * @param others asked about passwords, also after a certificate that decided nothing
   */
  public static CertificateUsers by(
      Function<X509Certificate, Optional<Identity>> rule, Authenticator others) {
    return new CertificateUsers(rule, others);
  }

  @Override
  public Mono<Identity> authenticate(LoginAttempt attempt) {
    if (!(attempt instanceof LoginAttempt.Certificate shown)) {
      return others.authenticate(attempt);
    }
    return Mono.defer(
        () ->
            Mono.justOrEmpty(rule.apply(shown.chain().get(0)))
                .flatMap(
                    owner ->
                        owner.name().equals(shown.user())
                            ? Mono.just(owner)
                            : Mono.error(
                                new AuthenticationFailed("the certificate is another user's"))));
  }
}
