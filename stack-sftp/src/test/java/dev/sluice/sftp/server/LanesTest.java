package dev.sluice.sftp.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.sftp.server.Lanes.Turn;
import dev.sluice.test.Conforms;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class LanesTest {
  private final Lanes<String> lanes =
      new Lanes<>(
          (turn, next) -> next.startsWith("r") && turn.get(turn.size() - 1).startsWith("r"));

  @Test
  @Conforms("SFTP-052")
  void workOfOneLaneRunsInItsOrder() {
    lanes.add(Scope.of("a"), "1");
    lanes.add(Scope.of("a"), "2");

    Turn<String> first = lanes.next();
    assertThat(first.works()).containsExactly("1");
    assertThat(lanes.next()).isNull();

    lanes.ended(first);
    assertThat(lanes.next().works()).containsExactly("2");
  }

  @Test
  @Conforms("SFTP-053")
  void workOfAnotherLaneDoesNotWait() {
    lanes.add(Scope.of("a"), "1");
    lanes.add(Scope.of("a"), "2");
    lanes.add(Scope.of("b"), "3");

    assertThat(lanes.next().works()).containsExactly("1");
    assertThat(lanes.next().works()).containsExactly("3");
  }

  @Test
  void whatJoinsRunsInOneTurnUpToTheFirstThatDoesNot() {
    lanes.add(Scope.of("a"), "w");
    for (String work : List.of("r1", "r2", "w2", "r3")) {
      lanes.add(Scope.of("a"), work);
    }

    lanes.ended(lanes.next());
    Turn<String> reads = lanes.next();
    assertThat(reads.works()).containsExactly("r1", "r2");
    lanes.ended(reads);
    Turn<String> write = lanes.next();
    assertThat(write.works()).containsExactly("w2");
    lanes.ended(write);
    assertThat(lanes.next().works()).containsExactly("r3");
  }

  @Test
  void whatTakesTwoLanesWaitsForBothAndHoldsBoth() {
    lanes.add(Scope.of("a"), "1");
    lanes.add(Scope.of("a", "b"), "2");
    lanes.add(Scope.of("b"), "3");

    Turn<String> first = lanes.next();
    assertThat(lanes.next()).isNull();
    lanes.ended(first);
    Turn<String> both = lanes.next();
    assertThat(both.works()).containsExactly("2");
    assertThat(lanes.next()).isNull();
    lanes.ended(both);
    assertThat(lanes.next().works()).containsExactly("3");
  }

  @Test
  @Conforms("SFTP-052")
  void whatRunsAloneWaitsForAllBeforeItAndHoldsAllBehindIt() {
    lanes.add(Scope.of("a"), "1");
    lanes.add(Scope.of("b"), "2");
    lanes.add(Scope.ALL, "alone");
    lanes.add(Scope.of("c"), "3");

    Turn<String> first = lanes.next();
    Turn<String> second = lanes.next();
    lanes.ended(first);
    assertThat(lanes.next()).isNull();
    lanes.ended(second);
    Turn<String> alone = lanes.next();
    assertThat(alone.works()).containsExactly("alone");
    assertThat(lanes.next()).isNull();
    lanes.ended(alone);
    assertThat(lanes.next().works()).containsExactly("3");
  }

  @Test
  void whatTouchesNothingNeverWaitsButForWhatRunsAlone() {
    lanes.add(Scope.of("a"), "1");
    lanes.add(Scope.NOTHING, "2");

    lanes.next();
    assertThat(lanes.next().works()).containsExactly("2");
  }

  @Test
  void clearingAnswersWhatWasNotGivenOut() {
    lanes.add(Scope.of("a"), "given");
    lanes.add(Scope.of("a", "b"), "waits");
    lanes.add(Scope.ALL, "held");
    lanes.next();

    assertThat(lanes.clear()).containsExactlyInAnyOrder("waits", "held");
  }

  @Test
  @Conforms({"SFTP-052", "SFTP-053"})
  void anyMixEndsWithEachLaneInItsOrder() {
    for (int seed = 0; seed < 200; seed++) {
      mix(new Random(seed));
    }
  }

  private record Step(Scope scope, int number) {}

  private static void mix(Random random) {
    Lanes<Step> lanes = new Lanes<>((turn, next) -> random.nextInt(3) > 0);
    List<Step> steps = IntStream.range(0, 60).mapToObj(i -> new Step(scope(random), i)).toList();
    List<Turn<Step>> running = new ArrayList<>();
    List<Step> done = new ArrayList<>();
    int added = 0;
    while (done.size() < steps.size()) {
      if (added < steps.size() && random.nextBoolean()) {
        Step step = steps.get(added++);
        lanes.add(step.scope, step);
      }
      Turn<Step> turn = random.nextBoolean() ? lanes.next() : null;
      if (turn != null) {
        running.add(turn);
      }
      if (!running.isEmpty() && random.nextInt(3) == 0) {
        Turn<Step> ended = running.remove(random.nextInt(running.size()));
        done.addAll(ended.works());
        lanes.ended(ended);
      } else if (added == steps.size() && running.isEmpty() && turn == null) {
        turn = lanes.next();
        assertThat(turn).as("someone may always run").isNotNull();
        running.add(turn);
      }
    }
    for (Step step : steps) {
      for (Step later : steps.subList(step.number + 1, steps.size())) {
        if (conflict(step.scope, later.scope)) {
          assertThat(done.indexOf(step)).isLessThan(done.indexOf(later));
        }
      }
    }
  }

  private static Scope scope(Random random) {
    return switch (random.nextInt(8)) {
      case 0 -> Scope.ALL;
      case 1 -> Scope.of(random.nextInt(3), random.nextInt(3));
      default -> Scope.of(random.nextInt(3));
    };
  }

  private static boolean conflict(Scope one, Scope other) {
    return one.all() || other.all() || one.lanes().stream().anyMatch(other.lanes()::contains);
  }
}
