package dev.sluice.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AnswerMemoryTest {
  private static final long LIMIT = 1 << 20;
  private static final int ANSWER = 1024;

  private final AnswerMemory memory = new AnswerMemory(LIMIT);

  @Test
  void manyGreedyConnectionsLeaveRoomForTheNext() {
    List<AnswerMemory.Share> greedy = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      AnswerMemory.Share share = memory.connection();
      share.of("user" + i);
      fill(share);
      greedy.add(share);
    }

    assertThat(memory.held()).isLessThanOrEqualTo(LIMIT + 100 * ANSWER);
    assertThat(memory.connection().room()).isPositive();

    greedy.forEach(share -> share.add(-ANSWER));
    assertThat(greedy.get(99).room()).isPositive();
  }

  @Test
  void oneConnectionHasAQuarterAndOneUserHalf() {
    AnswerMemory.Share first = memory.connection();
    first.of("ann");
    fill(first);
    assertThat(memory.held()).isLessThanOrEqualTo(LIMIT / 4 + ANSWER);

    for (int i = 0; i < 10; i++) {
      AnswerMemory.Share next = memory.connection();
      next.of("ann");
      fill(next);
    }
    assertThat(memory.held()).isLessThanOrEqualTo(LIMIT / 2 + 10 * ANSWER);
  }

  @Test
  void aConnectionThatHoldsNothingMayAlwaysAnswer() {
    memory.connection().add(2 * LIMIT);

    assertThat(memory.connection().room()).isPositive();
  }

  private static void fill(AnswerMemory.Share share) {
    while (share.room() > 0) {
      share.add(ANSWER);
    }
  }
}
