package dev.sluice.bench.suite.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.bench.suite.worker.Protocol;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class CsvTest {

  @Test
  void figuresAreReadAsTheyWereWritten() {
    List<Figure> figures =
        List.of(
            figure("down", List.of(3.25, 1.5, 2.0), OptionalDouble.of(0.5)),
            figure("up", List.of(7.0), OptionalDouble.empty()));

    assertThat(Csv.parse(Csv.of(figures).lines().toList())).isEqualTo(figures);
  }

  private static Figure figure(String what, List<Double> values, OptionalDouble cold) {
    return new Figure(Parts.BIG, Protocol.SFTP, "MINA tuned", "sshd", what, "MB/s", values, cold);
  }
}
