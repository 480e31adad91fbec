package dev.sluice.storage.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.test.Conforms;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Conforms("SFTP-080")
final class WindowsNamesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "..\\x", "C:", "C:x", "f:stream", "f::$DATA", "a/b", "a*", "a?", "a\u0001", "a\n",
        "f.", "f..", "f ", ". ", "...", "CON", "con", "Nul.txt", "aux .tar.gz", "COM1", "lpt9.log",
        "COM\u00B2", "CONOUT$"
      })
  void whatWindowsTakesForSomethingElseIsRefused(String name) {
    assertThat(WindowsNames.allow(name)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "f",
        ".f",
        "a b",
        "console",
        "con1",
        "COM",
        "COM10",
        "nullable.txt",
        "a.b.c",
        "\u00e9"
      })
  void namesAreNames(String name) {
    assertThat(WindowsNames.allow(name)).isTrue();
  }
}
