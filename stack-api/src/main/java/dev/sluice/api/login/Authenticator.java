package dev.sluice.api.login;

import reactor.core.publisher.Mono;

/** Decides who may log in. Must not block the calling thread; may take its time. */
@FunctionalInterface
public interface Authenticator {

  /**
   * The identity to act as, or {@link dev.sluice.api.AuthenticationFailed}. Unknown names and wrong
   * passwords must cost the same time and read the same. Empty = a certificate that decides
   * nothing: a password is asked for.
   */
  Mono<Identity> authenticate(LoginAttempt attempt);
}
