package dev.sluice.cli;

import dev.sluice.api.FileSession;
import dev.sluice.api.RemotePath;
import dev.sluice.api.storage.StorageSession;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/**
 * The two ends of a transfer.
 *
 * @param local this machine
 * @param remote the server
 */
record Sessions(StorageSession local, FileSession remote) {
  /** For a server to tidy up after a cancelled transfer. */
  private static final Duration SETTLE = Duration.ofSeconds(5);

  /** Opens both, works, closes both, whatever happens. */
  static void run(
      LocalPlace place,
      Mono<? extends FileSession> connect,
      Function<Sessions, ? extends Publisher<?>> work) {
    Mono<Sessions> open =
        place.open().flatMap(local -> connect.map(remote -> new Sessions(local, remote)));
    Interruptible.run(open, work, Sessions::close, Sessions::undo);
  }

  /** Connects, works, closes, whatever happens. */
  static void run(
      Mono<? extends FileSession> connect, Function<FileSession, ? extends Publisher<?>> work) {
    Interruptible.run(connect, work, FileSession::close, Sessions::undo);
  }

  private Mono<Void> close() {
    return remote.close().onErrorComplete().then(local.close());
  }

  private Mono<Void> undo() {
    return Mono.when(undo(remote), quietly(local::close));
  }

  /**
   * The session takes callers in turn: an answer to the next request shows that the cancelled one
   * has been cleaned up.
   */
  private static Mono<Void> undo(FileSession remote) {
    return remote
        .stat(RemotePath.root())
        .timeout(SETTLE)
        .then()
        .onErrorComplete()
        .then(quietly(remote::close));
  }

  private static Mono<Void> quietly(Supplier<Mono<Void>> close) {
    return Mono.defer(close).onErrorComplete();
  }
}
