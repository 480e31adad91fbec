package dev.sluice.ssh.server;

import dev.sluice.api.AuthenticationFailed;
import dev.sluice.api.login.Identity;
import dev.sluice.api.login.LoginAttempt;
import dev.sluice.ssh.PasswordExpiry;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** What a correct password leads to. */
record PasswordStep(PasswordExpiry expiry) {

  /**
   * The prompt for a new password; empty = the user is let in.
   *
   * @param replacement the password that is to replace it; null = none
   */
  Mono<Optional<String>> after(Identity user, @Nullable String replacement) {
    Mono<Optional<String>> expired =
        expiry.prompt(user).map(Optional::of).defaultIfEmpty(Optional.empty());
    return replacement == null
        ? expired
        : expired.flatMap(
            prompt ->
                prompt.isPresent() && isPlausible(replacement)
                    ? change(user, replacement)
                    : Mono.error(new AuthenticationFailed("no new password is wanted")));
  }

  private static boolean isPlausible(String replacement) {
    return !replacement.isEmpty() && replacement.length() <= LoginAttempt.Password.MAX_PASSWORD;
  }

  private Mono<Optional<String>> change(Identity user, String replacement) {
    return expiry
        .change(user, replacement)
        .thenReturn(Optional.<String>empty())
        .onErrorResume(
            AuthenticationFailed.class,
            unfit -> Mono.just(Optional.of(String.valueOf(unfit.getMessage()))));
  }
}
