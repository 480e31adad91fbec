package dev.sluice.ssh;

import dev.sluice.api.login.Identity;
import reactor.core.publisher.Mono;

/**
 * Makes users change an expired password before they are let in (RFC 4252 section 8). Called only
 * for users whose password was right; must not block.
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

  /** The prompt for a user whose password has expired; empty = it has not. */
  Mono<String> prompt(Identity user);

  /**
   * Changes an expired password, which lets the user in. Signals {@link
   * dev.sluice.api.AuthenticationFailed} if the new one is not acceptable: the user is asked again
   * and shown its message.
   *
   * @param newPassword at most {@link dev.sluice.api.login.LoginAttempt.Password#MAX_PASSWORD}
   *     characters; never logged
   */
  Mono<Void> change(Identity user, String newPassword);
}
