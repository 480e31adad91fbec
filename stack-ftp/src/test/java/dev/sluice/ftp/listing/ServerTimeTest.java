package dev.sluice.ftp.listing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.test.Conforms;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Conforms("FTP-144")
final class ServerTimeTest {

  @ParameterizedTest
  @CsvSource({
    "2024-03-10T12:00:00Z, 3, 10, 2024-03-10T10:00:00Z",
    "2024-03-10T12:00:00Z, 3, 11, 2024-03-11T10:00:00Z",
    "2024-03-10T12:00:00Z, 3, 12, 2023-03-12T10:00:00Z",
    "2024-01-01T00:00:00Z, 12, 31, 2023-12-31T10:00:00Z",
    "2023-12-31T12:00:00Z, 1, 1, 2024-01-01T10:00:00Z",
    "2023-12-31T09:00:00Z, 1, 1, 2023-01-01T10:00:00Z",
    "2023-03-10T12:00:00Z, 2, 29, 2020-02-29T10:00:00Z",
    "2024-02-01T12:00:00Z, 2, 29, 2020-02-29T10:00:00Z",
    "1903-06-01T12:00:00Z, 2, 29, 1896-02-29T10:00:00Z"
  })
  void aDateWithoutYearIsTheLastOneThatIsNotMoreThanADayAhead(
      Instant now, int month, int day, Instant expected) {
    ServerTime time = new ServerTime(ZoneOffset.UTC, Clock.fixed(now, ZoneOffset.UTC));

    assertThat(time.withoutYear(month, day, LocalTime.of(10, 0))).contains(expected);
  }

  @Test
  void aDayThatNoYearHasIsNoDate() {
    ServerTime time = new ServerTime(ZoneOffset.UTC, Listings.CLOCK);

    assertThat(time.withoutYear(2, 30, LocalTime.NOON)).isEmpty();
  }

  @Test
  void theYearIsThatOfTheServersZone() {
    Clock newYear = Clock.fixed(Instant.parse("2024-01-01T02:00:00Z"), ZoneOffset.UTC);
    ServerTime time = new ServerTime(ZoneId.of("America/New_York"), newYear);

    assertThat(time.withoutYear(12, 31, LocalTime.of(20, 0)))
        .contains(Instant.parse("2024-01-01T01:00:00Z"));
  }

  @ParameterizedTest
  @CsvSource({
    "2024-03-10T12:00:00Z, 2024-03-10T12:00:31Z, Z",
    "2024-03-10T14:00:00Z, 2024-03-10T12:00:59Z, +02:00",
    "2024-03-10T07:00:00Z, 2024-03-10T12:00:00Z, -05:00",
    "2024-03-10T17:45:00Z, 2024-03-10T12:00:00Z, +05:45",
    "2024-03-11T02:00:00Z, 2024-03-10T12:00:00Z, +14:00"
  })
  void oneFileTellsTheOffsetOfTheServersZone(Instant listed, Instant modified, String offset) {
    assertThat(ServerTime.offset(listed, modified)).contains(ZoneOffset.of(offset));
  }

  @ParameterizedTest
  @CsvSource({
    "2024-03-10T12:07:00Z, 2024-03-10T12:00:00Z",
    "2024-03-12T12:00:00Z, 2024-03-10T12:00:00Z",
    "-1000000000-01-01T00:00:00Z, +1000000000-12-31T23:59:59Z"
  })
  void timesOfTwoDifferentFilesTellNoOffset(Instant listed, Instant modified) {
    assertThat(ServerTime.offset(listed, modified)).isEmpty();
  }
}
