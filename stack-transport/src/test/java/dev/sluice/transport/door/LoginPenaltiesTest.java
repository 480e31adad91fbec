package dev.sluice.transport.door;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.transport.Network;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LoginPenaltiesTest {
  private static final int BAN_AFTER = 5;
  private static final Duration BAN_TIME = Duration.ofMinutes(5);

  private long now;
  private LoginPenalties penalties = penalties();

  @Test
  void aGuestOrAnotherUserWhoLogsInForgivesNoGuessesAtAnn() {
    for (int i = 0; i < BAN_AFTER; i++) {
      penalties.failed("ann", address("192.0.2.1"));
      penalties.succeeded("anonymous", address("192.0.2.1"));
    }

    assertThat(penalties.ban(address("192.0.2.1"))).isPresent();
  }

  @Test
  void aUserWhoMistypesAndThenSucceedsIsForgiven() {
    for (int i = 0; i < 3 * BAN_AFTER; i++) {
      penalties.failed("ann", address("192.0.2.1"));
      penalties.succeeded("ann", address("192.0.2.1"));
    }

    assertThat(penalties.ban(address("192.0.2.1"))).isEmpty();
  }

  @Test
  void failuresThatHaveFadedCannotBeForgivenOnceMore() {
    fail(BAN_AFTER - 1, "mallory", "192.0.2.1");
    now += BAN_TIME.toNanos() / 2;
    fail(2, "ann", "192.0.2.1");
    penalties.succeeded("mallory", address("192.0.2.1"));
    fail(BAN_AFTER - 2, "ann", "192.0.2.1");

    assertThat(penalties.ban(address("192.0.2.1"))).isPresent();
  }

  @Test
  void theHostsOfOneIpv6NetworkCountAsOne() {
    for (int i = 0; i < BAN_AFTER; i++) {
      penalties.failed("ann", address("2001:db8:0:1::" + Integer.toHexString(i + 1)));
    }

    assertThat(penalties.ban(address("2001:db8:0:1:ffff::9")))
        .hasValueSatisfying(ban -> assertThat(ban.whom()).isEqualTo("2001:db8:0:1:0:0:0:0/64"));
    assertThat(penalties.ban(address("2001:db8:0:2::1"))).isEmpty();
  }

  @Test
  void aMappedAddressIsTheIpv4AddressInIt() {
    fail(BAN_AFTER, "ann", "::ffff:192.0.2.1");

    assertThat(penalties.ban(address("192.0.2.1"))).isPresent();
  }

  @Test
  void aNameThatIsGuessedFromEverywhereIsBannedButNotForItsOwner() {
    penalties.succeeded("ann", address("198.51.100.7"));
    for (int i = 0; i < 10 * BAN_AFTER; i++) {
      penalties.failed("ann", address("192.0.2." + i));
    }

    assertThat(penalties.ban("ann", address("203.0.113.1"))).isPresent();
    assertThat(penalties.ban("ann", address("198.51.100.7"))).isEmpty();
    assertThat(penalties.ban("bob", address("203.0.113.1"))).isEmpty();
  }

  @Test
  void aFewFailuresNowAndThenBanNobody() {
    for (int i = 0; i < 100; i++) {
      penalties.failed("ann", address("192.0.2.1"));
      now += BAN_TIME.toNanos() / BAN_AFTER + 1;
    }

    assertThat(penalties.ban(address("192.0.2.1"))).isEmpty();
  }

  @Test
  void eachFurtherBanIsTwiceAsLong() {
    fail(BAN_AFTER, "ann", "192.0.2.1");
    Duration first = penalties.ban(address("192.0.2.1")).orElseThrow().left();
    now += first.toNanos() + 1;
    assertThat(penalties.ban(address("192.0.2.1"))).isEmpty();
    fail(BAN_AFTER, "ann", "192.0.2.1");

    assertThat(penalties.ban(address("192.0.2.1")).orElseThrow().left())
        .isEqualTo(first.multipliedBy(2));
  }

  @Test
  void aSafeNetworkIsNeverBanned() {
    fail(100 * BAN_AFTER, "ann", "10.1.2.3");

    assertThat(penalties.ban(address("10.1.2.3"))).isEmpty();
  }

  @Test
  void aFloodOfNewAddressesDoesNotWashABanAway() throws UnknownHostException {
    fail(BAN_AFTER, "ann", "192.0.2.1");
    fail(BAN_AFTER - 1, "ann", "192.0.2.2");
    for (int i = 0; i < 3 * PenaltyTable.MOST_ENTRIES; i++) {
      byte[] octets = {(byte) 172, (byte) (i >> 16), (byte) (i >> 8), (byte) i};
      penalties.failed("user" + i, InetAddress.getByAddress(octets));
    }
    fail(1, "ann", "192.0.2.2");

    assertThat(penalties.ban(address("192.0.2.1"))).isPresent();
    assertThat(penalties.ban(address("192.0.2.2"))).isPresent();
  }

  private void fail(int times, String user, String address) {
    for (int i = 0; i < times; i++) {
      penalties.failed(user, address(address));
    }
  }

  private LoginPenalties penalties() {
    return new LoginPenalties(
        new LoginLimits(
            3, Duration.ZERO, BAN_AFTER, BAN_TIME, List.of(Network.parse("10.0.0.0/8"))),
        () -> now);
  }

  private static InetAddress address(String text) {
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }
}
