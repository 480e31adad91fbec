package dev.sluice.sftp.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.ssh.channel.RoundTrip;
import dev.sluice.ssh.channel.WindowBudget;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How much is put under way, without a clock. */
final class FlightWindowTest {
  private static final long MEBIBYTE = 1 << 20;
  private static final long MILLISECOND = 1_000_000;
  private static final TransferLimits LIMITS =
      new TransferLimits(255 * 1024, 255 * 1024, 2 * MEBIBYTE, 32 * MEBIBYTE);

  private final WindowBudget budget = WindowBudget.of(256 * MEBIBYTE);

  @ParameterizedTest
  @CsvSource({"0, 2097152", "1, 2097152", "50, 7500000", "150, 22500000", "10000, 33554432"})
  void aTransferBeginsWithWhatAGigabitHasUnderWay(long millis, long octets) {
    RoundTrip path = path(millis);
    HeadStart start = new HeadStart(path, budget);
    FlightWindow window = new FlightWindow(path, LIMITS);

    window.begin(start, 0);
    assertThat(window.size()).isEqualTo(octets);

    window.end(start);
    window.end(start);
    assertThat(budget.taken()).isZero();
  }

  @Test
  void transfersOfASessionFillThePathOnce() {
    RoundTrip path = path(150);
    HeadStart start = new HeadStart(path, budget);
    FlightWindow first = begun(path, start);

    FlightWindow second = begun(path, start);
    assertThat(second.size()).isEqualTo(LIMITS.initialWindow());

    first.end(start);
    assertThat(begun(path, start).size()).isEqualTo(22_500_000);
  }

  @Test
  void halfOfTheMemoryForWindowsIsNotTakenAhead() {
    WindowBudget small = WindowBudget.of(50 * MEBIBYTE);
    RoundTrip path = path(150);

    assertThat(begun(path, new HeadStart(path, small)).size()).isEqualTo(22_500_000);
    assertThat(begun(path, new HeadStart(path, small)).size()).isEqualTo(LIMITS.initialWindow());
  }

  @Test
  void aPathThatIsSlowIsGivenLess() {
    RoundTrip path = path(150);
    FlightWindow window = begun(path, new HeadStart(path, budget));

    long now = 0;
    for (int i = 0; i < 40; i++) { // 10 Mbit/s
      window.admits(window.size(), 1);
      now += 800 * MILLISECOND;
      window.passed(MEBIBYTE, 0, now);
    }

    assertThat(window.size()).isLessThan(6 * MEBIBYTE);
  }

  @Test
  void aSourceThatIsSlowSaysNothingOfThePath() {
    RoundTrip path = path(150);
    FlightWindow window = begun(path, new HeadStart(path, budget));

    long now = 0;
    for (int i = 0; i < 40; i++) {
      window.admits(MEBIBYTE, 1);
      now += 800 * MILLISECOND;
      window.passed(MEBIBYTE, 0, now);
    }

    assertThat(window.size()).isEqualTo(22_500_000);
  }

  @Test
  void aConsumerThatIsSlowHoldsNoMoreThanTheFirstWindow() {
    RoundTrip path = path(150);
    FlightWindow window = begun(path, new HeadStart(path, budget));

    long now = 0;
    for (int i = 0; i < 40; i++) {
      window.admits(window.size(), 1);
      now += 100 * MILLISECOND;
      window.passed(MEBIBYTE, window.size() - 1, now);
    }

    assertThat(window.size()).isEqualTo(LIMITS.initialWindow());
  }

  private static FlightWindow begun(RoundTrip path, HeadStart start) {
    FlightWindow window = new FlightWindow(path, LIMITS);
    window.begin(start, 0);
    return window;
  }

  private static RoundTrip path(long millis) {
    RoundTrip path = new RoundTrip();
    path.sample(0, millis * MILLISECOND);
    return path;
  }
}
