package dev.sluice.bench.suite.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.bench.suite.report.Goal.Sense;
import dev.sluice.bench.suite.worker.Protocol;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

final class GoalTest {

  @Test
  void aTargetIsReachedOrNotByTheRatio() {
    assertThat(goal(Sense.AT_LEAST, 1.5, 150, 100).row())
        .endsWith("| 1.50 (150 to 100 MB/s) | yes |");
    assertThat(goal(Sense.AT_LEAST, 1.5, 149, 100).row()).endsWith("| **no** |");
    assertThat(goal(Sense.AT_MOST, 1, 3, 4).row()).endsWith("| yes |");
  }

  @Test
  void whatWasNotMeasuredIsNotReached() {
    Goal goal =
        new Goal(
            "FTP",
            "× curl",
            Sense.AT_LEAST,
            1,
            OptionalDouble.of(5),
            OptionalDouble.empty(),
            "MB/s");

    assertThat(goal.isReached()).isFalse();
    assertThat(goal.row()).endsWith("|  | not measured |");
  }

  @Test
  void theBestOfThePeersIsComparedWith() {
    Results results = new Results();
    results.add(big("curl", "vsftpd", 100));
    results.add(big("curl", "ProFTPD", 300, 100, 200));
    results.add(big("Sluice", "Sluice", 300));

    List<String> rows = Goals.of(results).stream().filter(Goal::isMeasured).map(Goal::row).toList();

    assertThat(rows).singleElement().asString().contains("1.50 (300 to 200 MB/s)");
  }

  @Test
  void theMedianIsTheOneInTheMiddle() {
    assertThat(big("a", "b", 3, 1, 2).median()).isEqualTo(2);
    assertThat(big("a", "b", 4, 1, 2, 3).median()).isEqualTo(2.5);
  }

  private static Goal goal(Sense sense, double factor, double mine, double against) {
    return new Goal(
        "FTP",
        "× curl",
        sense,
        factor,
        OptionalDouble.of(mine),
        OptionalDouble.of(against),
        "MB/s");
  }

  private static Figure big(String client, String server, double... values) {
    List<Double> all = Arrays.stream(values).boxed().toList();
    return new Figure(
        Parts.BIG, Protocol.FTP, client, server, Parts.DOWN, "MB/s", all, OptionalDouble.empty());
  }
}
