package dev.sluice.client.inbox;

import dev.sluice.api.RemotePath;
import dev.sluice.client.inbox.Claimer.ClaimLost;
import dev.sluice.client.inbox.InboxEvent.AttemptFailed;
import dev.sluice.client.inbox.InboxEvent.Finished;
import dev.sluice.client.inbox.InboxEvent.GaveUp;
import dev.sluice.client.inbox.InboxEvent.Passed;
import dev.sluice.client.inbox.InboxEvent.Step;
import dev.sluice.client.inbox.InboxEvent.Why;
import dev.sluice.client.inbox.Taking.Taken;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * A claimed file on its way: attempts of the handler, then what follows, which is repeated until it
 * succeeds. One step at a time.
 */
final class Delivery {
  private final Inbox how;
  private final Claimer claimer;
  private final Taken file;
  private final Function<? super InboxFile, ? extends Publisher<Void>> handler;
  private final Runnable settled;
  private final long startNanos;
  private int attempt;
  private int repeated;
  private boolean over;
  private boolean handled;
  private @Nullable Throwable failure;
  private @Nullable RemotePath target;

  /**
   * A file that was claimed just now.
   *
   * @param settled is run before the delivery ends if the file stays and must not be taken up again
   */
  Delivery(
      Inbox how,
      Claimer claimer,
      Taken file,
      Function<? super InboxFile, ? extends Publisher<Void>> handler,
      Runnable settled) {
    this.how = how;
    this.claimer = claimer;
    this.file = file;
    this.handler = handler;
    this.settled = settled;
    this.startNanos = now();
  }

  Flux<InboxEvent> run() {
    return Flux.defer(() -> handled || failure != null ? settle() : handle()).repeat(() -> !over);
  }

  private Flux<InboxEvent> handle() {
    attempt++;
    InboxFile delivered =
        new InboxFile(
            how.files(),
            file.entry(),
            file.place(),
            attempt,
            attempt > 1 || file.candidate().isClaimed());
    Mono<Boolean> work = Flux.defer(() -> handler.apply(delivered)).then(Mono.just(true));
    return Mono.firstWithSignal(work, claimer.<Boolean>renewing(file))
        .doOnNext(done -> handled = true)
        .thenMany(Flux.<InboxEvent>empty())
        .onErrorResume(this::failed);
  }

  private Flux<InboxEvent> failed(Throwable why) {
    if (why instanceof ClaimLost) {
      over = true;
      return Flux.just(new Passed(file.path(), Why.LOST));
    }
    if (attempt >= how.attempts().most()) {
      failure = why;
      return Flux.empty();
    }
    return again(Step.HANDLER, attempt, why);
  }

  private Flux<InboxEvent> again(Step step, int number, Throwable why) {
    Duration wait = how.attempts().after(number);
    return Flux.<InboxEvent>just(new AttemptFailed(file.path(), step, number, why, wait))
        .concatWith(Mono.delay(wait, timer()).then(Mono.empty()));
  }

  private Flux<InboxEvent> settle() {
    Done done = handled ? how.done() : how.attempts().failed();
    Mono<Void> work =
        done instanceof Done.MoveTo move
            ? move(move.directory())
            : done instanceof Done.Delete ? claimer.delete(file) : leave();
    return work.then(Mono.fromSupplier(this::end))
        .flux()
        .onErrorResume(why -> again(Step.DONE, ++repeated, why));
  }

  /** The name is chosen once: the answer to a rename may get lost. */
  private Mono<Void> move(RemotePath directory) {
    RemotePath chosen = target;
    return chosen != null
        ? claimer.move(file, chosen)
        : claimer
            .target(file, directory)
            .flatMap(
                free -> {
                  target = free;
                  return claimer.move(file, free);
                });
  }

  private Mono<Void> leave() {
    return (handled ? claimer.finish(file) : claimer.released(file.candidate()))
        .then(Mono.fromRunnable(settled));
  }

  private InboxEvent end() {
    over = true;
    Throwable why = failure;
    return why == null
        ? new Finished(file.path(), attempt, Duration.ofNanos(now() - startNanos), target)
        : new GaveUp(file.path(), attempt, why, target);
  }

  private long now() {
    return timer().now(TimeUnit.NANOSECONDS);
  }

  private Scheduler timer() {
    return how.polling().timer();
  }
}
