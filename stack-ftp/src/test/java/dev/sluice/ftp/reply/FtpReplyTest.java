package dev.sluice.ftp.reply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.ftp.FtpReply;
import dev.sluice.test.Conforms;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FtpReplyTest {

  @Test
  @Conforms("FTP-020")
  void aReplyOfOneLineHasABlankBehindTheCode() {
    assertThat(wire(FtpReply.of(200, "done"))).isEqualTo("200 done\r\n");
    assertThat(wire(FtpReply.of(200, ""))).isEqualTo("200 \r\n");
  }

  @Test
  @Conforms("FTP-020")
  void anInnerLineThatBeginsLikeACodeGetsABlankBeforeIt() {
    assertThat(wire(new FtpReply(211, List.of("211 a", "211 b", "999", "12 c", "211 d"))))
        .isEqualTo("211-211 a\r\n 211 b\r\n 999\r\n12 c\r\n211 211 d\r\n");
  }

  @Test
  @Conforms("FTP-025")
  void echoedTextForgesNoReplyLine() {
    assertThat(wire(FtpReply.of(550, "a\r\n226 done\u001b\u007f\0")))
        .isEqualTo("550 a\\x0d\\x0a226 done\\x1b\\x7f\\x00\r\n");
    assertThat(wire(new FtpReply(211, List.of("a", "\n211 b", "c"))))
        .isEqualTo("211-a\r\n\\x0a211 b\r\n211 c\r\n");
  }

  @Test
  @Conforms("FTP-007")
  void iacIsDoubled() {
    assertThat(wire(FtpReply.of(257, "\"\uDCFF\""))).isEqualTo("257 \"\u00ff\u00ff\"\r\n");
  }

  @Test
  @Conforms("FTP-022")
  void theFirstDigitTellsTheClass() {
    assertThat(FtpReply.of(125, "").isPreliminary()).isTrue();
    assertThat(FtpReply.of(299, "").isCompletion()).isTrue();
    assertThat(FtpReply.of(350, "").isIntermediate()).isTrue();
    assertThat(FtpReply.of(421, "").isTransientNegative()).isTrue();
    assertThat(FtpReply.of(599, "").isNegative()).isTrue();
    assertThat(FtpReply.of(599, "").isTransientNegative()).isFalse();
  }

  @Test
  void aReplyThatTheWireCannotCarryIsNotMade() {
    assertThatThrownBy(() -> FtpReply.of(99, "")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> FtpReply.of(600, "")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new FtpReply(200, List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static String wire(FtpReply reply) {
    ByteBuf out = Unpooled.buffer();
    ReplyEncoder.write(reply, out);
    return out.toString(StandardCharsets.ISO_8859_1);
  }
}
