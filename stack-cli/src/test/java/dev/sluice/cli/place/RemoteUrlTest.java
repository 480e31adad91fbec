package dev.sluice.cli.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.cli.status.UsageError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RemotePlaceTest has the rules; here is what the command makes of them. */
final class RemoteUrlTest {

  @ParameterizedTest
  @ValueSource(strings = {"host/x", "ftp:///x", "ftp://h:0/", "ftp://h/%zz", "ftp://u:s3cret/1@h/"})
  void whatIsNoUrlIsWrongUsageThatTellsNoSecret(String text) {
    assertThatThrownBy(() -> RemoteUrl.parse(text))
        .isInstanceOf(UsageError.class)
        .hasMessageNotContaining("s3cret");
  }

  @Test
  void aNameThatCannotBeIsWrongUsage() {
    assertThatThrownBy(() -> RemoteUrl.parse("ftp://h/%00")).isInstanceOf(UsageError.class);
  }

  @Test
  void thePasswordIsNeverShown() {
    assertThat(RemoteUrl.parse("ftp://u:s3cret@h:21/x")).hasToString("ftp://u@h:21/x");
  }
}
