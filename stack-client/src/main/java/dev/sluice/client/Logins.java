package dev.sluice.client;

import dev.sluice.transport.connect.ClientSettings;
import dev.sluice.transport.connect.Login;
import dev.sluice.transport.connect.LoginSettings;
import dev.sluice.transport.connect.RemotePlace;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Who logs in: what was set comes before the URI, and both before a file of logins. */
final class Logins {
  private Logins() {}

  static Mono<Login> of(RemotePlace place, ClientSettings settings) {
    LoginSettings set = settings.login();
    String user = set.user() == null ? place.user() : set.user();
    Mono<String> password = password(place, set);
    Path netrc = set.netrc();
    if (password == null && netrc != null) {
      return Mono.fromCallable(() -> fromFile(netrc, place.host(), user))
          .subscribeOn(settings.transport().scheduler());
    }
    boolean atHand = set.password() == null || set.atHand();
    return Mono.just(
        new Login(
            Objects.requireNonNullElse(user, ""),
            password == null ? Mono.empty() : password,
            atHand));
  }

  private static @Nullable Mono<String> password(RemotePlace place, LoginSettings set) {
    String inUri = place.password();
    return set.password() != null ? set.password() : inUri == null ? null : Mono.just(inUri);
  }

  private static Login fromFile(Path file, String host, @Nullable String user)
      throws java.io.IOException {
    return Netrc.read(file)
        .find(host, user)
        .map(entry -> new Login(entry.login(), Mono.justOrEmpty(entry.password()), true))
        .orElseGet(() -> user == null ? Login.NOBODY : new Login(user, Mono.empty(), true));
  }
}
