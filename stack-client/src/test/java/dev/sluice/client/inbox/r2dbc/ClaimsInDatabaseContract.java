package dev.sluice.client.inbox.r2dbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.client.inbox.ClaimStore.Answer;
import io.r2dbc.spi.ConnectionFactory;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.scheduler.VirtualTimeScheduler;

/** Consumers on two machines share claims in a database. */
abstract class ClaimsInDatabaseContract {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration LEASE = Duration.ofSeconds(60);

  private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
  private R2dbcClaimStore here;
  private R2dbcClaimStore there;

  /** A database without tables. */
  abstract ConnectionFactory database();

  @BeforeEach
  void create() {
    here = R2dbcClaimStore.of(database()).clock(time);
    there = R2dbcClaimStore.of(database()).clock(time);
    Mono.when(here.createTable(), there.createTable()).block(PATIENCE);
  }

  @Test
  void aClaimThatIsRenewedKeepsOthersOut() {
    assertThat(claim(here, "a", "one")).isEqualTo(Answer.CLAIMED);
    assertThat(claim(here, "a", "one")).isEqualTo(Answer.CLAIMED);
    for (int i = 0; i < 5; i++) {
      assertThat(claim(there, "a", "two")).isEqualTo(Answer.HELD);
      time.advanceTimeBy(LEASE.minusSeconds(1));
      assertThat(here.renew("a", "one", LEASE).block(PATIENCE)).isTrue();
    }
  }

  @Test
  void aClaimThatWasSeenUnchangedForTheLeaseIsTakenOverByOne() {
    claim(here, "a", "one");
    assertThat(claim(there, "a", "two")).isEqualTo(Answer.HELD);
    time.advanceTimeBy(LEASE);

    assertThat(claim(there, "a", "two")).isEqualTo(Answer.CLAIMED);
    assertThat(here.renew("a", "one", LEASE).block(PATIENCE)).isFalse();
    assertThat(claim(here, "a", "one")).isEqualTo(Answer.HELD);
  }

  @Test
  void whatIsFinishedStaysSoUntilItIsReleased() {
    claim(here, "a", "one");
    here.finish("a", "one").block(PATIENCE);
    assertThat(claim(there, "a", "two")).isEqualTo(Answer.FINISHED);
    assertThat(here.renew("a", "one", LEASE).block(PATIENCE)).isFalse();

    there.release("a", "two").block(PATIENCE);

    assertThat(claim(there, "a", "two")).isEqualTo(Answer.CLAIMED);
    here.release("a", "one").block(PATIENCE);
    assertThat(claim(here, "a", "one")).isEqualTo(Answer.HELD);
  }

  @Test
  void ofManyThatClaimAtOnceOneGetsIt() {
    List<Answer> answers =
        Flux.fromStream(IntStream.range(0, 200).boxed())
            .flatMap(
                i ->
                    (i % 2 == 0 ? here : there)
                        .claim("file" + i / 10, "consumer" + i % 10, LEASE)
                        .subscribeOn(Schedulers.boundedElastic()),
                8)
            .collectList()
            .block(PATIENCE);

    assertThat(answers.stream().filter(Answer.CLAIMED::equals)).hasSize(20);
    assertThat(answers.stream().filter(Answer.HELD::equals)).hasSize(180);
  }

  @Test
  void theTableMayHaveAnotherNameButNoOtherStatement() {
    R2dbcClaimStore other = here.table("other_claims");
    other.createTable().block(PATIENCE);
    claim(here, "a", "one");

    assertThat(claim(other, "a", "two")).isEqualTo(Answer.CLAIMED);
    assertThatThrownBy(() -> here.table("x; DROP TABLE y")).hasMessageContaining("letters");
  }

  private static Answer claim(R2dbcClaimStore store, String key, String consumer) {
    return store.claim(key, consumer, LEASE).block(PATIENCE);
  }
}
