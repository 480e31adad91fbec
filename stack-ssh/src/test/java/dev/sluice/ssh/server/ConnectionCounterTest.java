package dev.sluice.ssh.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.ssh.SshServerOptions;
import dev.sluice.test.Conforms;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;

/** Who is let in while many come who do not log in. */
final class ConnectionCounterTest {
  private static final InetAddress CLIENT = InetAddress.getLoopbackAddress();
  private static final SshServerOptions.Connections LIMITS =
      new SshServerOptions.Connections(1000, 1000, 100, 10);

  private double chance;
  private final ConnectionCounter counter = new ConnectionCounter(LIMITS, () -> chance);

  @Test
  @Conforms("SSH-156")
  void aFewAreNeverDropped() {
    chance = 0;

    assertThat(entered(200)).isEqualTo(10);
  }

  @Test
  @Conforms("SSH-156")
  void theMoreThereAreTheMoreAreDropped() {
    chance = 0.299;
    assertThat(entered(200)).isEqualTo(10);
    chance = 0.64;
    assertThat(entered(200)).isEqualTo(44); // half way from 10 to 100 it is 0.65
    chance = 0.999;
    assertThat(entered(200)).isEqualTo(46); // nothing but the limit holds them off
    assertThat(counter.total()).isEqualTo(100);
  }

  @Test
  @Conforms("SSH-156")
  void whoHasLoggedInIsNotInTheWay() {
    chance = 0;
    for (int i = 0; i < 100; i++) {
      assertThat(counter.enter(CLIENT)).isTrue();
      counter.loggedIn();
    }
  }

  /** How many of so many are let in. */
  private int entered(int connections) {
    int entered = 0;
    for (int i = 0; i < connections; i++) {
      entered += counter.enter(CLIENT) ? 1 : 0;
    }
    return entered;
  }
}
