package dev.sluice.sftp.server;

import dev.sluice.sftp.message.SftpResponse;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/** Serves one kind of request. */
@FunctionalInterface
interface Handler<R> {
  /**
   * Takes a request in as it arrives: finds what it is about, while that still exists, or refuses
   * it with a {@link Refusal} or a {@code FileFailure}.
   */
  Admitted admit(int id, R what, Session session);

  /**
   * A request that waits for its turn.
   *
   * @param scope what it waits for
   * @param work answers it; called once, on the session's thread. {@link ServerStatus} turns what
   *     it throws or signals into an answer
   */
  record Admitted(Scope scope, Supplier<Mono<? extends SftpResponse>> work) {
    Mono<SftpResponse> answer() {
      return Mono.defer(() -> work.get().map(response -> response));
    }
  }
}
