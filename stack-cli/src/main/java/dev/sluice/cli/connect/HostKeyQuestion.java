package dev.sluice.cli.connect;

import dev.sluice.api.RawName;
import dev.sluice.cli.output.Terminal;
import dev.sluice.ssh.key.SshPublicKey;
import java.util.Locale;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Asks on the terminal whether a host is the one that is meant. */
final class HostKeyQuestion {
  private HostKeyQuestion() {}

  /** Whether the answer was yes. */
  static Mono<Boolean> ask(String host, int port, SshPublicKey key) {
    String question =
        String.format(
            Locale.ROOT,
            "%s, port %d, is not known. Its key is %s %s.%nTrust it from now on (yes/no)? ",
            RawName.escape(host),
            port,
            key.type(),
            key.fingerprint());
    return Mono.fromCallable(() -> "yes".equalsIgnoreCase(Terminal.ask(question)))
        .subscribeOn(Schedulers.boundedElastic());
  }
}
