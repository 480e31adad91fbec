package dev.sluice.ftp.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.test.Conforms;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FileTimeTest {

  @ParameterizedTest
  @CsvSource({
    "20240229235959, 2024-02-29T23:59:59Z",
    "19700101000000.5, 1970-01-01T00:00:00.5Z",
    "20240101000000.1234567891234, 2024-01-01T00:00:00.123456789Z",
    "20161231235960, 2017-01-01T00:00:00Z",
    "19100101000000, 1910-01-01T00:00:00Z",
    "191240229235959, 2024-02-29T23:59:59Z",
    "191000229000000.25, 2000-02-29T00:00:00.25Z"
  })
  @Conforms("FTP-172")
  void timesAreReadInEveryFormThatServersSend(String text, Instant expected) {
    assertThat(FileTime.parse(text)).contains(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2024",
        "20230229000000",
        "20240001000000",
        "20241301000000",
        "20240132000000",
        "20240101240000",
        "20240101006000",
        "20240101000061",
        "2024010100000",
        "202401010000000",
        "20240101000000.",
        "20240101000000,5",
        " 20240101000000",
        "-0240101000000",
        "20240101000000Z",
        "292240229235959"
      })
  @Conforms({"FTP-172", "FTP-188"})
  void whatIsNoTimeIsNotRead(String text) {
    assertThat(FileTime.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "2024-02-29T23:59:59Z, 20240229235959",
    "1970-01-01T00:00:00.5Z, 19700101000000.500",
    "1969-12-31T23:59:59.999Z, 19691231235959.999",
    "0001-01-01T00:00:00Z, 00010101000000"
  })
  @Conforms("FTP-171")
  void timesAreWrittenInUtcAndReadAgain(Instant time, String text) {
    assertThat(FileTime.format(time)).isEqualTo(text);
    assertThat(FileTime.parse(text)).contains(time);
  }

  @ParameterizedTest
  @ValueSource(strings = {"+12345-01-01T00:00:00Z", "-0005-01-01T00:00:00Z"})
  @Conforms("FTP-171")
  void aTimeThatFourDigitsCannotTellStillHasTheForm(Instant time) {
    assertThat(FileTime.format(time)).matches("[0-9]{14}");
  }
}
