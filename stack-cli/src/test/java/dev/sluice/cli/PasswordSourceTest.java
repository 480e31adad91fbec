package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class PasswordSourceTest {

  @Test
  void theUrlComesBeforeTheVariableAndTheVariableBeforeThePrompt() {
    PasswordSource all = new PasswordSource("variable", question -> "typed");
    PasswordSource person = new PasswordSource(null, question -> "typed");

    assertThat(all.passwordFor(RemoteUrl.parse("ftp://u:url@h"))).isEqualTo("url");
    assertThat(all.passwordFor(RemoteUrl.parse("ftp://u@h"))).isEqualTo("variable");
    assertThat(person.passwordFor(RemoteUrl.parse("ftp://u@h"))).isEqualTo("typed");
  }

  @Test
  void anEmptyPasswordInTheUrlIsOne() {
    assertThat(
            new PasswordSource("variable", question -> "typed")
                .passwordFor(RemoteUrl.parse("ftp://u:@h")))
        .isEmpty();
  }

  @Test
  void withNobodyToAskItSaysWhatToSet() {
    assertThatThrownBy(
            () ->
                new PasswordSource(null, question -> null)
                    .passwordFor(RemoteUrl.parse("ftp://u@h")))
        .isInstanceOf(UsageError.class)
        .hasMessageContaining("SLUICE_PASSWORD");
  }
}
