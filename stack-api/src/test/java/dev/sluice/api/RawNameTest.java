package dev.sluice.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RawNameTest {

  @Test
  void utf8BecomesTheCharactersItEncodes() {
    for (String name : List.of("plain", "ä", "日本語", "😀", "e\u0301")) {
      byte[] octets = name.getBytes(StandardCharsets.UTF_8);
      assertThat(RawName.decode(octets)).isEqualTo(name);
      assertThat(RawName.encode(name)).isEqualTo(octets);
    }
  }

  @Test
  void octetsThatAreNotUtf8BecomeLoneSurrogates() {
    assertThat(RawName.decode(octets("61ff62"))).isEqualTo("a\uDCFFb");
  }

  @Test
  void whatOnlyLooksLikeUtf8ComesBackOctetForOctet() {
    for (String hex :
        List.of(
            "80",
            "c0af",
            "c3",
            "e282",
            "eda080",
            "edb280",
            "f0288cbc",
            "f8888080",
            "fffe",
            "c3a4c3",
            "f09f98",
            "61c3",
            "edb3bf",
            "f4908080")) {
      byte[] octets = octets(hex);
      assertThat(RawName.encode(RawName.decode(octets))).as(hex).isEqualTo(octets);
    }
  }

  @Test
  void aBufferIsDecodedAndLeftAsItIs() {
    ByteBuf buffer = Unpooled.wrappedBuffer(octets("61ff"));

    assertThat(RawName.decode(buffer)).isEqualTo("a\uDCFF");
    assertThat(buffer.readableBytes()).isEqualTo(2);
  }

  @Test
  void whatIsShownForgesNoLine() {
    assertThat(RawName.escape("a\r\nb\u001b[2J\uDCFF\u007f"))
        .isEqualTo("a\\x0d\\x0ab\\x1b[2J\\xff\\x7f");
  }

  @Test
  void whatIsShownDoesNotChangeItsDirectionOrHideAnything() {
    assertThat(RawName.escape("a\u202egpj.exe\u2066\u200f\u2028\u0085\ud800"))
        .isEqualTo("a\\u202egpj.exe\\u2066\\u200f\\u2028\\x85\\ud800");
    assertThat(RawName.escape("r\u00e9mi \ud83d\udc68\u200d\ud83d\udc69 \u05d0"))
        .isEqualTo("r\u00e9mi \ud83d\udc68\u200d\ud83d\udc69 \u05d0");
  }

  private static byte[] octets(String hex) {
    return HexFormat.of().parseHex(hex);
  }
}
