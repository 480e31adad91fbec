package dev.sluice.tls.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.SessionClosed;
import dev.sluice.test.Conforms;
import org.junit.jupiter.api.Test;

final class InputEndTest {

  @Test
  void thereIsNoEndBeforeTheConnectionHasEnded() {
    assertThat(new InputEnd(true).isTolerated(true, () -> false)).isFalse();
    assertThat(new InputEnd(false).isTolerated(false, () -> false)).isFalse();
  }

  @Test
  @Conforms("TLS-034")
  void whileRecordsWaitTheyMayHoldThePeersWord() {
    InputEnd end = new InputEnd(false);
    end.reached();
    assertThat(end.isTolerated(true, () -> true)).isFalse();
    assertThatThrownBy(() -> end.isTolerated(true, () -> false))
        .isInstanceOf(SessionClosed.class)
        .hasMessageContaining("close_notify");
  }

  @Test
  @Conforms("TLS-035")
  void anEndWithoutAWordIsOneOnlyWhereThatWasChosen() {
    InputEnd end = new InputEnd(true);
    end.reached();
    assertThat(end.isTolerated(true, () -> true)).isFalse();
    assertThat(end.isTolerated(true, () -> false)).isTrue();
  }

  @Test
  void duringTheHandshakeNoEndIsTolerated() {
    InputEnd end = new InputEnd(true);
    end.reached();
    assertThatThrownBy(() -> end.isTolerated(false, () -> true))
        .isInstanceOf(SessionClosed.class)
        .hasMessageContaining("handshake");
  }
}
