package dev.sluice.api.login;

import dev.sluice.api.AuthenticationFailed;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/**
 * Lets in whoever shows a certificate that belongs to the user named, and nobody else who shows it.
 * Certificates that belong to nobody decide nothing; other attempts go to another authenticator.
 *
 * <p>Which user a certificate belongs to is a rule of the operator's: by subject, alternative name
 * or key. That the client holds its key and that its chain is trusted has been verified before.
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
   * @param rule whose certificate it is; empty = nobody's
   * @param others asked about passwords, also after a certificate was no help
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
