package dev.sluice.ssh;

import dev.sluice.api.login.Identity;
import reactor.core.publisher.Mono;

/**
 * Has users change a password that has expired before it lets them in (RFC 4252 section 8). Asked
 * only about users whose password was right; must not block.
 */
public interface PasswordExpiry {
  /** No password expires, and none can be changed. */
  PasswordExpiry NEVER =
      new PasswordExpiry() {
        @Override
        public Mono<String> prompt(Identity user) {
          return Mono.empty();
        }

        @Override
        public Mono<Void> change(Identity user, String newPassword) {
          return Mono.error(new UnsupportedOperationException("passwords are not changed here"));
        }
      };

  /** What the user is told when the password has expired; empty = it has not. */
  Mono<String> prompt(Identity user);

  /**
   * Changes an expired password, and so lets in. Signals {@link
   * dev.sluice.api.AuthenticationFailed} when the new one will not do: the user is asked again with
   * its message.
   *
   * @param newPassword at most {@link dev.sluice.api.login.LoginAttempt.Password#MAX_PASSWORD}
   *     characters; never logged
   */
  Mono<Void> change(Identity user, String newPassword);
}
