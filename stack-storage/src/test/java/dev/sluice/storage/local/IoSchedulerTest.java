package dev.sluice.storage.local;

import static dev.sluice.storage.local.LocalFixture.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.IoScheduler;
import dev.sluice.api.RemotePath;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Calls that follow on each other share a turn of a thread, as long as that keeps nobody waiting.
 */
final class IoSchedulerTest {
  private static final RemotePath PATH = RemotePath.of("/file");
  private final Scheduler io = IoScheduler.shared();

  /** A machine that stands still for a moment ends one turn, and not all of them. */
  @Test
  void whatFollowsIsPartOfTheTurn() {
    List<List<String>> orders = IntStream.range(0, 100).mapToObj(turn -> order()).toList();

    assertThat(orders).contains(List.of("first", "second", "answered", "given"));
    assertThat(orders)
        .allSatisfy(order -> assertThat(order).containsSubsequence("first", "second", "answered"));
  }

  private List<String> order() {
    List<String> order = new CopyOnWriteArrayList<>();
    Sinks.Empty<Void> answered = Sinks.empty();
    Mono<Void> calls =
        call(() -> order.add("first"))
            .then(Mono.defer(() -> call(() -> order.add("second"))))
            .doOnSuccess(done -> order.add("answered"));
    Mono<Void> given =
        Mono.create(
            sink ->
                io.schedule(
                    () -> {
                      calls.doFinally(end -> answered.tryEmitEmpty()).subscribe();
                      order.add("given");
                      sink.success();
                    }));
    given.then(answered.asMono()).block(PATIENCE);
    return List.copyOf(order);
  }

  @Test
  void onAnotherThreadACallIsMadeLater() {
    String thread =
        BlockingCall.of(io, PATH, () -> Thread.currentThread().getName()).block(PATIENCE);

    assertThat(thread).startsWith("sluice-io");
  }

  @Test
  void onTheThreadsOfAnotherACallChangesThreads() {
    Scheduler other = Schedulers.newSingle("other");
    try {
      String thread =
          call(() -> {})
              .then(BlockingCall.of(other, PATH, () -> Thread.currentThread().getName()))
              .block(PATIENCE);

      assertThat(thread).startsWith("other");
    } finally {
      other.dispose();
    }
  }

  @Test
  void aLongChainDoesNotUseUpTheStack() {
    AtomicInteger made = new AtomicInteger();
    Mono.<Void>create(sink -> next(made, 20_000, sink)).block(PATIENCE);

    assertThat(made.get()).isEqualTo(20_000);
  }

  @Test
  void callsWithoutEndLetOthersHaveTheirTurn() {
    AtomicBoolean ended = new AtomicBoolean();
    int threads = Math.max(2, Runtime.getRuntime().availableProcessors());
    AtomicInteger begun = new AtomicInteger();
    List<Disposable> endless =
        Flux.range(0, threads)
            .map(i -> call(begun::incrementAndGet).repeat(() -> !ended.get()).subscribe())
            .collectList()
            .block(PATIENCE);

    call(() -> ended.set(true)).block(PATIENCE);

    assertThat(begun.get()).isPositive();
    assertThat(endless).hasSize(threads);
  }

  /** Each call is asked for while the one before it is being answered. */
  private void next(AtomicInteger made, int left, MonoSink<Void> end) {
    call(made::incrementAndGet)
        .subscribe(
            null,
            end::error,
            () -> {
              if (left == 1) {
                end.success();
              } else {
                next(made, left - 1, end);
              }
            });
  }

  private Mono<Void> call(Runnable body) {
    return BlockingCall.run(io, PATH, body::run);
  }
}
