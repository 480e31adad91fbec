package dev.sluice.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.RemotePath;
import dev.sluice.client.transfer.Progress;
import dev.sluice.client.transfer.Progress.Outcome;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

final class ProgressBarTest {
  private final StringWriter drawn = new StringWriter();
  private long nanos;

  @Test
  void itShowsShareOctetsRateAndTheTimeLeft() {
    ProgressBar bar = bar(120);
    bar.show(at("/data.bin", 0, 64_000_000));
    nanos = 2_000_000_000;
    bar.show(at("/data.bin", 16_000_000, 64_000_000));

    assertThat(bar.line())
        .startsWith("data.bin ")
        .contains(" 25% [#######.......................]", "16.0 MB", "8.0 MB/s", "ETA 0:06");
  }

  @Test
  void whatWasThereBeforeCountsForTheShareNotForTheRate() {
    ProgressBar bar = bar(120);
    bar.show(at("/f", 50_000_000, 100_000_000));
    nanos = 1_000_000_000;
    bar.show(at("/f", 60_000_000, 100_000_000));

    assertThat(bar.line()).contains(" 60% ", "10.0 MB/s", "ETA 0:04");
  }

  @Test
  void withoutASizeThereIsNeitherShareNorTimeLeft() {
    ProgressBar bar = bar(80);
    bar.show(at("/f", 0, -1));
    nanos = 1_000_000_000;
    bar.show(at("/f", 5_000, -1));

    assertThat(bar.line()).contains("5.0 kB").doesNotContain("%", "ETA");
  }

  @Test
  void theLineFitsTheTerminalAndForgesNothing() {
    ProgressBar bar = bar(40);
    bar.show(at("/\u001b[2J\r" + "x".repeat(500), 0, 10));

    assertThat(bar.line()).hasSize(39).doesNotContain("\u001b", "\r");
  }

  @Test
  void itIsDrawnAtMostFiveTimesASecondAndAtTheEnd() {
    ProgressBar bar = bar(80);
    for (int i = 0; i < 1000; i++) {
      nanos = i * 1_000_000L;
      bar.show(at("/f", i, 1000));
    }
    bar.show(new Progress(RemotePath.of("/f"), 1000, 1000, Outcome.COMPLETE));
    bar.end();

    assertThat(drawn.toString().chars().filter(c -> c == '\r')).hasSize(5);
    assertThat(drawn.toString()).containsOnlyOnce("100%").endsWith(System.lineSeparator());
  }

  @Test
  void nothingIsDrawnWithoutATerminal() {
    ProgressBar bar = new ProgressBar(null, 80, () -> nanos);
    bar.show(at("/f", 0, 10));
    bar.end();

    assertThat(drawn.toString()).isEmpty();
  }

  @Test
  void octetsAndTimesReadWell() {
    assertThat(ProgressBar.octets(999)).isEqualTo("999 B");
    assertThat(ProgressBar.octets(1000)).isEqualTo("1.0 kB");
    assertThat(ProgressBar.octets(999_950)).isEqualTo("1.0 MB");
    assertThat(ProgressBar.octets(4_294_967_297L)).isEqualTo("4.3 GB");
    assertThat(ProgressBar.time(59.4)).isEqualTo("0:59");
    assertThat(ProgressBar.time(3723)).isEqualTo("1:02:03");
  }

  private ProgressBar bar(int columns) {
    return new ProgressBar(new PrintWriter(drawn, true), columns, () -> nanos);
  }

  private static Progress at(String path, long octets, long total) {
    return new Progress(RemotePath.of(path), octets, total, Outcome.RUNNING);
  }
}
