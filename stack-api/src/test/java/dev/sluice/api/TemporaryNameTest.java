package dev.sluice.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TemporaryNameTest {
  private static final RemotePath FILE = RemotePath.of("/in/order.xml");

  @Test
  void theDefaultStandsBesideTheFileAndDiffersEachTime() {
    RemotePath one = TemporaryName.DEFAULT.of(FILE);
    assertThat(one.toString()).matches("/in/order\\.xml\\.[0-9a-f]{16}\\.part");
    assertThat(TemporaryName.DEFAULT.of(FILE)).isNotEqualTo(one);
  }

  @Test
  void aPatternMayPutADotInFrontOrNameADirectory() {
    assertThat(new TemporaryName(".{name}.tmp").of(FILE)).hasToString("/in/.order.xml.tmp");
    assertThat(new TemporaryName("../tmp/{name}").of(FILE)).hasToString("/tmp/order.xml");
    assertThat(new TemporaryName("/spool/{name}.x").of(FILE)).hasToString("/spool/order.xml.x");
  }

  @Test
  void aNameThatWouldGetTooLongIsReplaced() {
    RemotePath file = RemotePath.of("/" + "é".repeat(125));
    assertThat(TemporaryName.DEFAULT.of(file).toString()).matches("/file\\.[0-9a-f]{16}\\.part");
    RemotePath shorter = RemotePath.of("/" + "x".repeat(233));
    assertThat(TemporaryName.DEFAULT.of(shorter).name()).startsWith("xxx").hasSize(255);
  }

  @Test
  void itsOwnNamesAreFoundAgainAndNoOthers() {
    TemporaryName pattern = new TemporaryName(".{name}.{random}.tmp");
    assertThat(pattern.matches(pattern.of(FILE).name())).isTrue();
    assertThat(pattern.matches("order.xml")).isFalse();
    assertThat(pattern.matches(".order.xml.0123.tmp")).isFalse();
    assertThat(TemporaryName.DEFAULT.matches("order.xml.part")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "{name}", "{name}{name}", "{name}/", "{name}/x", "{random}"})
  void aPatternThatCannotWorkIsRefused(String pattern) {
    assertThatThrownBy(() -> new TemporaryName(pattern))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(pattern);
  }
}
