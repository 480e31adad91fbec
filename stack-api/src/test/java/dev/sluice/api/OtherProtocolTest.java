package dev.sluice.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class OtherProtocolTest {

  @ParameterizedTest
  @CsvSource({
    "SSH-2.0-OpenSSH_9.2p1, sftp://",
    "220 ready, ftpes://",
    "220-Welcome, ftp://",
    "421 too many, ftp://",
    "HTTP/1.1 400 Bad Request, HTTP"
  })
  void theFirstWordsShowWhatToTry(String start, String advice) {
    assertThat(OtherProtocol.answered(start + "\r\nmore").orElseThrow())
        .hasMessageContaining(advice)
        .hasMessageContaining(start)
        .hasMessageNotContaining("more");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "hello", "2200 x", "+OK POP3"})
  void whatIsNotKnownIsLeftToTheCaller(String start) {
    assertThat(OtherProtocol.answered(start)).isEmpty();
  }

  @Test
  void controlCharactersAreNotPassedOn() {
    assertThat(OtherProtocol.answered("SSH-\u001b[2J").orElseThrow()).hasMessageContaining("\\x1b");
  }
}
