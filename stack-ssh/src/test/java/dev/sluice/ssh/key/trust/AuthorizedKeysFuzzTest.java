package dev.sluice.ssh.key.trust;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.sluice.ssh.key.Certificate;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;

/** Any octets as a file of authorized keys. */
final class AuthorizedKeysFuzzTest {

  @FuzzTest
  void everyLineThatGrantsSomethingCanBeAsked(byte[] file) {
    String text = new String(file, StandardCharsets.UTF_8);
    AuthorizedKeys keys = AuthorizedKeys.parse(text);

    assertThat(keys.lines().size()).isLessThanOrEqualTo((int) text.lines().count());
    for (AuthorizedKey line : keys.lines()) {
      assertThat(line.key()).isNotInstanceOf(Certificate.class);
      line.options().allows("192.0.2.1");
      line.options().isExpired(Instant.EPOCH, ZoneOffset.UTC);
      line.options().presence();
      assertThat(keys.linesFor(line.key(), "ann").isEmpty())
          .isEqualTo(
              keys.lines().stream()
                  .filter(it -> it.key().equals(line.key()))
                  .allMatch(it -> it.options().isCertAuthority()));
    }
  }
}
