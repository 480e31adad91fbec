package dev.sluice.server.account;

import dev.sluice.api.AuthenticationFailed;
import dev.sluice.api.IoScheduler;
import dev.sluice.api.login.Authenticator;
import dev.sluice.api.login.Identity;
import dev.sluice.api.login.LoginAttempt;
import dev.sluice.ssh.AuthorizedUsers;
import dev.sluice.ssh.key.trust.AuthorizedKeys;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Lets the users of a store in: by password, and by SSH public key or certificate as {@link
 * AuthorizedUsers} does. A client certificate of TLS decides nothing, so a password is asked for;
 * guests are refused.
 *
 * <p>An unknown name, a wrong password, and an account that may not be used look the same to a
 * client, and take the same work. If the proof is right and the account may not be used, the log of
 * this class has the reason.
 */
public final class AccountLogin implements Authenticator {
  private static final Logger LOG = LoggerFactory.getLogger(AccountLogin.class);
  private static final int MAX_KEY_FILE = 1024 * 1024;

  private final AccountStore store;
  private final Clock clock;
  private final PasswordChecks checks;

  private AccountLogin(AccountStore store, Clock clock, PasswordChecks checks) {
    this.store = store;
    this.clock = clock;
    this.checks = checks;
  }

  /**
   * Lets the users of {@code store} in. Accounts expire by the clock and the zone of the system.
   */
  public static AccountLogin of(AccountStore store) {
    return new AccountLogin(store, Clock.system(ZoneId.systemDefault()), PasswordChecks.shared());
  }

  /** The same with other means, for tests. */
  static AccountLogin of(AccountStore store, Clock clock, PasswordChecks checks) {
    return new AccountLogin(store, clock, checks);
  }

  @Override
  public Mono<Identity> authenticate(LoginAttempt attempt) {
    if (attempt instanceof LoginAttempt.Certificate) {
      return Mono.empty();
    }
    if (attempt instanceof LoginAttempt.Anonymous) {
      return refused();
    }
    return Mono.defer(() -> store.find(attempt.user()))
        .map(Optional::of)
        .defaultIfEmpty(Optional.empty())
        .flatMap(
            found ->
                attempt instanceof LoginAttempt.Password given
                    ? password(found, given)
                    : key(found, attempt));
  }

  private Mono<Identity> password(Optional<Account> found, LoginAttempt.Password given) {
    if (!given.isPlausible()) {
      return refused();
    }
    PasswordHash known = found.map(Account::password).orElse(null);
    PasswordHash checked = known == null ? store.standIn(given.user()) : known;
    return checks
        .matches(checked, given.password())
        .filter(right -> right && known != null)
        .flatMap(right -> admitted(found, given))
        .switchIfEmpty(refused());
  }

  private Mono<Identity> key(Optional<Account> found, LoginAttempt attempt) {
    AuthorizedUsers users =
        AuthorizedUsers.by(
            name ->
                Mono.justOrEmpty(found)
                    .flatMap(account -> Mono.fromCallable(() -> keys(account.keys())))
                    .subscribeOn(IoScheduler.shared()),
            others -> refused());
    return users
        .authenticate(attempt)
        .flatMap(right -> admitted(found, attempt))
        .switchIfEmpty(refused());
  }

  /** The proof is right: whether the account may be used at all is decided last, and logged. */
  private Mono<Identity> admitted(Optional<Account> found, LoginAttempt attempt) {
    return Mono.justOrEmpty(found)
        .filter(
            account -> {
              Optional<String> refusal =
                  account.refusal(attempt.from().getAddress(), LocalDate.now(clock));
              refusal.ifPresent(why -> LOG.warn("{} is refused: {}", attempt, why));
              return refusal.isEmpty();
            })
        .map(Account::identity);
  }

  private static AuthorizedKeys keys(List<String> keys) throws IOException {
    StringBuilder all = new StringBuilder();
    for (String key : keys) {
      all.append(key.contains(" ") ? key : text(Path.of(key))).append('\n');
    }
    return AuthorizedKeys.parse(all.toString());
  }

  private static String text(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] octets = in.readNBytes(MAX_KEY_FILE + 1);
      if (octets.length > MAX_KEY_FILE) {
        throw new IOException(file + " is longer than " + MAX_KEY_FILE + " octets; split it");
      }
      return new String(octets, StandardCharsets.UTF_8);
    }
  }

  private static <T> Mono<T> refused() {
    return Mono.error(() -> new AuthenticationFailed("login refused"));
  }
}
