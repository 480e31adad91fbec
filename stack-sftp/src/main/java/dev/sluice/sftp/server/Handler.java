package dev.sluice.sftp.server;

import dev.sluice.sftp.message.SftpResponse;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/** Serves one kind of request. */
@FunctionalInterface
interface Handler<R> {
  /**
   * Takes a request in as it arrives: finds what it is about, while that is still there, or refuses
   * it by a {@link Refusal} or a {@code FileFailure}.
   */
  Admitted admit(int id, R what, Session session);

  /**
   * A request that waits for its turn.
   *
   * @param scope whom it waits for
   * @param work answers it; called once, on the session's thread. What it throws or signals is
   *     answered as {@link ServerStatus} has it
   */
  record Admitted(Scope scope, Supplier<Mono<? extends SftpResponse>> work) {
    Mono<SftpResponse> answer() {
      return Mono.defer(() -> work.get().map(response -> response));
    }
  }
}
