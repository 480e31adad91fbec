package dev.sluice.transport.door;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.test.Conforms;
import dev.sluice.transport.Network;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which connections get a place while many come that do not log in. */
final class DoorwayTest {
  private final List<String> moved = new ArrayList<>();
  private final Doorway doorway =
      new Doorway(new SessionLimits(100, 20, 10, 4), List.of(Network.parse("10.0.0.0/8")));

  @Test
  @Conforms("SSH-156")
  void oneClientCannotTakeAllPlaces() {
    assertThat(entered("192.0.2.1", 50)).isEqualTo(4);
    assertThat(entered("192.0.2.2", 3)).isEqualTo(3);
  }

  @Test
  @Conforms("SSH-156")
  void connectionsThatHaveLoggedInAreNotInTheWay() {
    for (int i = 0; i < 20; i++) {
      Doorway.Place place = enter("192.0.2.1");
      assertThat(place.refusal()).isEmpty();
      place.loggedIn();
    }
    assertThat(enter("192.0.2.1").refusal()).contains("Too many sessions from your address");
  }

  @Test
  @Conforms("SSH-156")
  void whenAllPlacesAreTakenTheClientThatHoldsMostGivesWayOldestFirst() {
    entered("192.0.2.1", 4);
    entered("192.0.2.2", 3);
    entered("192.0.2.3", 3);

    assertThat(entered("192.0.2.4", 2)).isEqualTo(2);
    assertThat(moved).hasSize(2).startsWith("192.0.2.1");
    assertThat(doorway.total()).isEqualTo(10);
  }

  @Test
  void clientsWithOneConnectionEachCannotShutTheNextOneOut() {
    for (int i = 0; i < 40; i++) {
      assertThat(enter("192.0.2." + i).refusal()).isEmpty();
    }
    assertThat(moved).hasSize(30).startsWith("192.0.2.0", "192.0.2.1");
  }

  @Test
  void addressesOfOneIpv6NetworkAreOneClient() {
    int entered = 0;
    for (int i = 1; i < 20; i++) {
      entered += entered("2001:db8::" + Integer.toHexString(i), 1);
    }
    assertThat(entered).isEqualTo(4);
  }

  @Test
  void anAddressOfManyClientsMayHaveAllPlaces() {
    assertThat(entered("10.0.0.1", 10)).isEqualTo(10);
  }

  @Test
  void loggingOutTakesAPlaceAgainAndLeavingTwiceFreesItOnce() {
    Doorway.Place first = enter("192.0.2.1");
    Doorway.Place second = enter("192.0.2.1");
    first.loggedIn();
    first.loggedOut();
    first.loggedOut();
    first.leave();
    first.leave();

    assertThat(doorway.total()).isEqualTo(1);
    second.leave();
    assertThat(doorway.total()).isZero();
    assertThat(entered("192.0.2.1", 10)).isEqualTo(4);
  }

  private int entered(String address, int connections) {
    int entered = 0;
    for (int i = 0; i < connections; i++) {
      entered += enter(address).refusal().isEmpty() ? 1 : 0;
    }
    return entered;
  }

  private Doorway.Place enter(String address) {
    try {
      return doorway.enter(InetAddress.getByName(address), () -> moved.add(address));
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }
}
