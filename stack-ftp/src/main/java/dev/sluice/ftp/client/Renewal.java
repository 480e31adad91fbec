package dev.sluice.ftp.client;

import dev.sluice.ftp.io.ControlLink;
import dev.sluice.tls.TlsClientOptions;
import reactor.core.publisher.Mono;

/**
 * Lets a session go on over a new control connection, logged in as before. Between commands only.
 * When that fails the session has ended.
 */
final class Renewal {
  private Renewal() {}

  static Mono<Void> run(Conversation conversation, TlsClientOptions tls) {
    ControlLink old = conversation.control;
    return Mono.usingWhen(
        conversation.route.connectAgain(tls, old.loop()),
        fresh -> {
          conversation.adopt(fresh);
          return new Login(conversation).run().then(old.quit());
        },
        fresh -> Mono.empty(),
        (fresh, cause) -> fresh.close().then(old.close()),
        fresh -> fresh.close().then(old.close()));
  }
}
