package dev.sluice.api.login;

import reactor.core.publisher.Mono;

/** Decides who may log in. Must not block the calling thread; its answer may take time. */
@FunctionalInterface
public interface Authenticator {

  /**
   * The identity to act as, or {@link dev.sluice.api.AuthenticationFailed}. Unknown names and wrong
   * passwords must take the same time and read the same. Empty = the certificate decides nothing,
   * and a password is requested.
   */
  Mono<Identity> authenticate(LoginAttempt attempt);
}
