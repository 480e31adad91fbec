package dev.sluice.client;

import dev.sluice.api.TimedOut;
import dev.sluice.transport.connect.ClientSettings;
import dev.sluice.transport.connect.LoginSettings;
import dev.sluice.transport.connect.SshSettings.KeyFile;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Secrets that somebody is asked for: off the event loops, and not for ever. */
final class Secrets {
  /** A person may have to type. */
  private static final Duration LONGEST = Duration.ofMinutes(2);

  private Secrets() {}

  static ClientSettings bounded(ClientSettings settings) {
    Scheduler scheduler = settings.transport().scheduler();
    LoginSettings login = settings.login();
    Mono<String> password = login.password();
    List<KeyFile> files =
        settings.ssh().files().stream()
            .map(
                key ->
                    new KeyFile(
                        key.file(),
                        bounded(key.passphrase(), "the passphrase of " + key.file(), scheduler)))
            .toList();
    return settings
        .withSsh(settings.ssh().withFiles(files))
        .withLogin(
            password == null || login.atHand()
                ? login
                : login.withPassword(bounded(password, "the password", scheduler)));
  }

  private static <T> Mono<T> bounded(Mono<T> asked, String what, Scheduler scheduler) {
    return asked
        .subscribeOn(scheduler)
        .timeout(LONGEST)
        .onErrorMap(TimeoutException.class, late -> new TimedOut(what, LONGEST));
  }
}
