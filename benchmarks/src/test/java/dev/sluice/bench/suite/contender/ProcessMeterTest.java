package dev.sluice.bench.suite.contender;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ProcessMeterTest {

  @BeforeEach
  void onLinux() {
    assumeThat(Files.exists(Path.of("/proc/self/smaps_rollup"))).isTrue();
  }

  @Test
  void theWorkOfAnEndedChildIsCounted() throws IOException, InterruptedException {
    double before = ProcessMeter.endedCpuSeconds();
    Process busy =
        new ProcessBuilder("sh", "-c", "i=0; while [ $i -lt 300000 ]; do i=$((i+1)); done").start();
    assertThat(busy.waitFor(60, TimeUnit.SECONDS)).isTrue();

    assertThat(ProcessMeter.endedCpuSeconds()).isGreaterThan(before);
  }

  @Test
  void aProcessHasMemoryThreadsAndTime() {
    long self = ProcessHandle.current().pid();

    assertThat(ProcessMeter.proportionalKibibytes(self)).isGreaterThan(1000);
    assertThat(ProcessMeter.threads(self)).isGreaterThan(1);
    assertThat(ProcessMeter.cpuSeconds(self)).isPositive();
  }
}
