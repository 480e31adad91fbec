package dev.sluice.cli.connect;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pins of keys, as different programs write them. */
final class TrustOptionsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/iPIGNuIUoswiUMtBNMmxMaVL5hVmCktr+TdnSS30/w=",
        "XVFIqCPnYQFY9xNxgbIgHyYVV9nbJf8Uk84U+jIV4jw="
      })
  void aPinIsTheSameInEveryForm(String pin) {
    assertThat(TrustOptions.pin(pin)).isEqualTo(pin);
    assertThat(TrustOptions.pin("sha256/" + pin)).isEqualTo(pin);
    assertThat(TrustOptions.pin("sha256//" + pin)).isEqualTo(pin);
  }
}
