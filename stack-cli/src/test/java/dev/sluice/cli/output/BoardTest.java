package dev.sluice.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.RemotePath;
import dev.sluice.client.transfer.Progress;
import dev.sluice.client.transfer.Progress.Outcome;
import dev.sluice.client.transfer.TransferEvent;
import dev.sluice.client.transfer.TransferEvent.Reason;
import dev.sluice.client.transfer.TransferEvent.Verified;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How far transfers are, as lines. */
final class BoardTest {
  private long nanos;
  private final Board board = new Board(() -> nanos);

  @Test
  void aFileHasShareOctetsRateAndTheTimeLeft() {
    board.add(at("/data.bin", 0, 64_000_000));
    nanos = 2_000_000_000;
    board.add(at("/data.bin", 16_000_000, 64_000_000));

    assertThat(board.lines(120, 10))
        .singleElement()
        .asString()
        .startsWith("data.bin ")
        .contains(" 25% [#######.......................]", "16.0 MB", "8.0 MB/s", "ETA 0:06");
  }

  @Test
  void whatWasThereBeforeCountsForTheShareNotForTheRate() {
    board.add(at("/f", 50_000_000, 100_000_000));
    nanos = 1_000_000_000;
    board.add(at("/f", 60_000_000, 100_000_000));

    assertThat(board.lines(120, 10).get(0)).contains(" 60% ", "10.0 MB/s", "ETA 0:04");
  }

  @Test
  void withoutASizeThereIsNeitherShareNorTimeLeft() {
    board.add(at("/f", 0, -1));
    nanos = 1_000_000_000;
    board.add(at("/f", 5_000, -1));

    assertThat(board.lines(80, 10).get(0)).contains("5.0 kB").doesNotContain("%", "ETA");
  }

  @Test
  void eachFileInFlightHasALineAndAllTogetherHaveOne() {
    for (int i = 0; i < 4; i++) {
      board.add(started("/f" + i, 10_000_000));
    }
    assertThat(board.lines(100, 10)).hasSize(5);
    nanos = 1_000_000_000;
    board.add(new TransferEvent.FileProgress(RemotePath.of("/f1"), 2_000_000, 10_000_000));
    board.add(done("/f0", 10_000_000));
    board.add(new TransferEvent.Failed(RemotePath.of("/f3"), new IllegalStateException()));

    List<String> lines = board.lines(100, 10);
    assertThat(lines).hasSize(3);
    assertThat(lines.get(0)).startsWith("f1 ").contains(" 20% ", "2.0 MB");
    assertThat(lines.get(1)).startsWith("f2 ").contains("  0% ");
    assertThat(lines.get(2))
        .startsWith("1 file, 2 in flight")
        .contains("12.0 MB", "12.0 MB/s", "ETA 0:02");
    assertThat(board.lines(100, 2)).hasSize(2).last().asString().startsWith("1 file, 2 in");
  }

  @Test
  void theTimeLeftIsThatOfAllKnownFiles() {
    board.add(new TransferEvent.Found(RemotePath.of("/"), 20, 100_000_000));
    board.add(started("/f0", 10_000_000));
    nanos = 1_000_000_000;
    board.add(new TransferEvent.FileProgress(RemotePath.of("/f0"), 5_000_000, 10_000_000));

    assertThat(board.lines(100, 10))
        .hasSize(2)
        .last()
        .asString()
        .startsWith("0 of 20 files, 1 in flight")
        .contains("5.0 MB/s", "ETA 0:19");

    board.add(done("/f0", 10_000_000));
    board.add(new TransferEvent.Same(RemotePath.of("/f1"), 40_000_000));
    board.add(started("/f2", 10_000_000));
    board.add(new TransferEvent.Failed(RemotePath.of("/f2"), new IllegalStateException()));
    board.add(started("/f3", 10_000_000));
    nanos = 2_000_000_000L;

    assertThat(board.lines(100, 10))
        .last()
        .asString()
        .startsWith("1 of 18 files, 1 in flight")
        .contains("5.0 MB/s", "ETA 0:08");
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 20, 30, 40, 53, 54, 60, 80, 200})
  void noLineIsLongerThanTheTerminalAndNoneForgesAnything(int columns) {
    board.add(started("/\u001b[2J\r" + "x".repeat(500), 10));
    board.add(started("/" + "報告書".repeat(20), 1_000_000_000_000L));
    board.add(started("/e\u0301".repeat(40), -1));
    nanos = 3_000_000_000L;

    assertThat(board.lines(columns, 10))
        .hasSize(4)
        .allSatisfy(
            line -> {
              assertThat(Columns.of(line)).isLessThan(columns);
              assertThat(line).doesNotContain("\u001b", "\r");
            });
  }

  @Test
  void wideCharactersTakeTwoColumnsAndMarksNone() {
    assertThat(Columns.of("abc")).isEqualTo(3);
    assertThat(Columns.of("報告")).isEqualTo(4);
    assertThat(Columns.of("e\u0301")).isEqualTo(1);
    assertThat(Columns.of("\ud83d\ude00")).isEqualTo(2);
    assertThat(Columns.fit("報告書", 5)).isEqualTo("報告…");
    assertThat(Columns.fit("報告書", 4)).isEqualTo("報… ");
    assertThat(Columns.fit("ab", 4)).isEqualTo("ab  ");
  }

  @Test
  void theLineOfASingleFileStays() {
    board.add(at("/f", 0, 1000));
    assertThat(board.single(80)).isNull();
    nanos = 1_000_000_000;
    board.add(new Progress(RemotePath.of("/f"), 1000, 1000, Outcome.COMPLETE));

    assertThat(board.single(80)).contains("100%", "1.0 kB/s", "in  0:01");
    board.add(started("/g", 1));
    assertThat(board.single(80)).isNull();
  }

  @Test
  void octetsAndTimesReadWell() {
    assertThat(Units.octets(999)).isEqualTo("999 B");
    assertThat(Units.octets(1000)).isEqualTo("1.0 kB");
    assertThat(Units.octets(999_950)).isEqualTo("1.0 MB");
    assertThat(Units.octets(4_294_967_297L)).isEqualTo("4.3 GB");
    assertThat(Units.time(59.4)).isEqualTo("0:59");
    assertThat(Units.time(3723)).isEqualTo("1:02:03");
  }

  private static Progress at(String path, long octets, long total) {
    return new Progress(RemotePath.of(path), octets, total, Outcome.RUNNING);
  }

  private static TransferEvent started(String path, long total) {
    return new TransferEvent.FileStarted(RemotePath.of(path), total, Reason.NEW);
  }

  private static TransferEvent done(String path, long octets) {
    return new TransferEvent.FileDone(
        RemotePath.of(path), octets, Reason.NEW, null, Verified.NOT_ASKED, Duration.ZERO);
  }
}
