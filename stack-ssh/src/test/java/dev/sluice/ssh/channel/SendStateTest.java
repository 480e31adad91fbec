package dev.sluice.ssh.channel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class SendStateTest {
  @Test
  void aDirectionEndsBeforeItCloses() {
    SendState due = SendState.OPEN.end();
    assertThat(due.owesEnd()).isTrue();
    assertThat(due.closes()).isFalse();
    SendState ended = due.sent();
    assertThat(ended).isEqualTo(SendState.ENDED);
    assertThat(ended.close().owesEnd()).isFalse();
    assertThat(ended.close().sent()).isEqualTo(SendState.CLOSED);
  }

  @Test
  void itMakesNoDifferenceWhichOfEndAndCloseIsWantedFirst() {
    assertThat(SendState.OPEN.end().close()).isEqualTo(SendState.OPEN.close().end());
  }

  @Test
  void nothingButOurCloseFollowsThePeers() {
    SendState due = SendState.OPEN.end().closedByPeer().end();
    assertThat(due.owesEnd()).isFalse();
    assertThat(due.owesClose()).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void whatHasBeenSentIsNotDueAgain(SendState state) {
    SendState sent = state.sent();
    assertThat(sent.owesEnd() || sent.owesClose()).isFalse();
    assertThat(sent.sent()).isEqualTo(sent);
    assertThat(sent.closes()).isEqualTo(state.closes());
  }

  @ParameterizedTest
  @EnumSource
  void aChannelThatClosesNeverOpensAgain(SendState state) {
    assertThat(state.close().closes()).isTrue();
    assertThat(state.closedByPeer().closes()).isTrue();
    assertThat(state.close().end().closes()).isTrue();
    assertThat(SendState.CLOSED)
        .isEqualTo(SendState.CLOSED.end())
        .isEqualTo(SendState.CLOSED.close())
        .isEqualTo(SendState.CLOSED.closedByPeer());
  }
}
