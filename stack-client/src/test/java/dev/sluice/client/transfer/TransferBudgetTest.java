package dev.sluice.client.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Copies wait for memory in turn, and give it back however they end. */
final class TransferBudgetTest {
  private static final long MIB = 1 << 20;

  private final TransferBudget budget = new TransferBudget(7 * MIB);
  private final List<String> ended = new ArrayList<>();

  @Test
  void aCopyWaitsForThoseBeforeIt() {
    Sinks.Empty<Void> first = hold("first", 100 * MIB);
    Sinks.Empty<Void> second = hold("second", 100 * MIB);
    Sinks.Empty<Void> third = hold("third", 100 * MIB);
    hold("small", 0);
    assertThat(budget.used()).isEqualTo(6 * MIB);
    assertThat(budget.waiting()).isEqualTo(2);
    assertThat(third.currentSubscriberCount()).isZero();

    first.tryEmitEmpty();

    assertThat(third.currentSubscriberCount()).isOne();
    assertThat(budget.waiting()).isZero();
    second.tryEmitError(new IllegalStateException("lost"));
    third.tryEmitEmpty();
    assertThat(ended).containsExactly("first", "second", "third");
    assertThat(budget.used()).isLessThan(MIB);
  }

  @Test
  void whoGivesUpMakesRoom() {
    Disposable running = budget.hold(100 * MIB, Mono.never()).subscribe();
    Disposable other = budget.hold(100 * MIB, Mono.never()).subscribe();
    Disposable waiting = budget.hold(100 * MIB, Mono.never()).subscribe();
    Sinks.Empty<Void> small = hold("small", 0);
    assertThat(small.currentSubscriberCount()).isZero();

    waiting.dispose();

    assertThat(small.currentSubscriberCount()).isOne();
    running.dispose();
    other.dispose();
    small.tryEmitEmpty();
    assertThat(budget.used()).isZero();
    assertThat(budget.waiting()).isZero();
  }

  @Test
  void aFileIsNeverTooLarge() {
    TransferBudget tiny = new TransferBudget(1);

    assertThat(tiny.hold(-1, Mono.empty()).blockOptional()).isEmpty();
    assertThat(tiny.hold(Long.MAX_VALUE - (1 << 20), Mono.empty()).blockOptional()).isEmpty();
    assertThat(tiny.used()).isZero();
  }

  private Sinks.Empty<Void> hold(String name, long octets) {
    Sinks.Empty<Void> work = Sinks.empty();
    budget
        .hold(octets, work.asMono())
        .doFinally(how -> ended.add(name))
        .subscribe(never -> {}, why -> {});
    return work;
  }
}
