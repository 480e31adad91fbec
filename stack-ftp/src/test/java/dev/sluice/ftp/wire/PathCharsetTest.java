package dev.sluice.ftp.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.ftp.PathCharset;
import dev.sluice.test.Conforms;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

@Conforms("FTP-162")
final class PathCharsetTest {
  private static final Charset LATIN = StandardCharsets.ISO_8859_1;

  @Test
  void aNameThatIsUtf8IsTakenAsUtf8() {
    byte[] octets = "gr\u00f6\u00dfe \ud83d\ude00".getBytes(StandardCharsets.UTF_8);

    assertThat(PathCharset.UTF_8.decode(octets)).isEqualTo("gr\u00f6\u00dfe \ud83d\ude00");
    assertThat(new PathCharset(LATIN, true).decode(octets))
        .isEqualTo("gr\u00f6\u00dfe \ud83d\ude00");
  }

  @Test
  void anyOtherNameIsTakenInTheFallback() {
    assertThat(new PathCharset(LATIN, true).decode(new byte[] {'a', (byte) 0xF6}))
        .isEqualTo("a\u00f6");
  }

  @Test
  void withoutFallbackEveryRunOfOctetsComesBackAsItWas() {
    byte[] octets = new byte[512];
    for (int i = 0; i < octets.length; i++) {
      octets[i] = (byte) (i * 7 + i / 256);
    }

    assertThat(PathCharset.UTF_8.encode(PathCharset.UTF_8.decode(octets))).isEqualTo(octets);
  }

  @Test
  void namesAreSentInTheCharsetOfTheServer() {
    assertThat(new PathCharset(LATIN, false).encode("\u00e4")).isEqualTo(new byte[] {(byte) 0xE4});
    assertThat(new PathCharset(LATIN, true).encode("\u00e4")).hasSize(2);
  }

  @Test
  @Conforms("FTP-163")
  void aNameThatTheCharsetLacksIsRefusedNotChanged() {
    assertThatThrownBy(() -> new PathCharset(LATIN, false).encode("\u20ac.txt"))
        .isInstanceOfSatisfying(
            FileFailure.class,
            refused -> assertThat(refused.error()).isEqualTo(FileError.INVALID_NAME))
        .hasMessageContaining("\u20ac.txt");
  }
}
