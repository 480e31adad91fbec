package dev.sluice.docs.examples;

import dev.sluice.api.FileOperations;
import dev.sluice.api.RemotePath;
import dev.sluice.api.WriteMode;
import dev.sluice.client.transfer.Progress;
import dev.sluice.client.transfer.Transfers;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Transfers that end in time. Each wait inside has a deadline anyway; these are for the whole. */
public final class DeadlineExample {
  private DeadlineExample() {}

  /**
   * Uploads all of it or nothing: the timeout cancels, which cuts the transfer and leaves no file.
   * Signals {@link java.util.concurrent.TimeoutException}.
   */
  public static Mono<Void> within(
      Duration limit, FileOperations to, RemotePath file, Publisher<ByteBuf> content) {
    return to.write(file, WriteMode.replace(), content).timeout(limit);
  }

  /** Copies for so long and keeps what there is: called again, it goes on behind that. */
  public static Flux<Progress> forAWhile(
      Duration limit, FileOperations from, FileOperations to, RemotePath file) {
    return Transfers.resume(from, file, to, file).take(limit);
  }
}
