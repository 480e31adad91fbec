package dev.sluice.ftp.reply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.ConnectFailed;
import dev.sluice.api.PeerMisbehaved;
import dev.sluice.ftp.FtpReply;
import dev.sluice.ftp.LineEnding;
import dev.sluice.ftp.PathCharset;
import dev.sluice.ftp.wire.Line;
import dev.sluice.ftp.wire.LineDecoder;
import dev.sluice.test.Chunks;
import dev.sluice.test.Conforms;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ReplyDecoderTest {

  @Test
  @Conforms("FTP-019")
  void aReplyOfManyLinesEndsAtItsOwnCodeAndABlank() {
    assertThat(
            read("211-Features\r\n SIZE\r\n213 text\r\n211-more\r\n211x\r\n211 End\r\n200 ok\r\n"))
        .containsExactly(
            new FtpReply(211, List.of("Features", " SIZE", "213 text", "211-more", "211x", "End")),
            FtpReply.of(200, "ok"));
  }

  @Test
  @Conforms("FTP-019")
  void threeDigitsAloneAreAReply() {
    assertThat(read("226\r\n220 \r\n")).containsExactly(FtpReply.of(226, ""), FtpReply.of(220, ""));
  }

  @Test
  @Conforms("FTP-002")
  void theCutOfTheReadsDoesNotMatter() {
    String wire = "220-hello\r\n220-\r\n  \r\n220 \u00c3\u00a4\r\n257 \"/\u00ff\u00ff\"\r\n";
    List<FtpReply> whole = read(wire);

    assertThat(whole).hasSize(2);
    assertThat(Chunks.buffers(wire.getBytes(StandardCharsets.ISO_8859_1)))
        .allSatisfy(reads -> assertThat(read(reads, 100)).isEqualTo(whole));
  }

  @Test
  @Conforms({"FTP-019", "FTP-020"})
  void whatWeSendIsReadAsItWas() {
    List<FtpReply> replies =
        List.of(
            FtpReply.of(150, "go"),
            FtpReply.of(226, ""),
            new FtpReply(211, List.of("a", " b", "", "c-d", "e")),
            new FtpReply(250, List.of("x", "gr\u00f6\u00dfe \uDCFF\uDC80", "y")));
    ByteBuf wire = Unpooled.buffer();
    replies.forEach(reply -> ReplyEncoder.write(reply, wire));

    assertThat(read(List.of(wire), 100)).isEqualTo(replies);
  }

  @Test
  @Conforms("FTP-021")
  void linesBeyondTheCapAreDroppedAndTheNextReplyIsInStep() {
    String wire = "211-a\r\n" + "b\r\n".repeat(10_000) + "211 end\r\n200 ok\r\n";

    assertThat(read(List.of(buffer(wire)), 3))
        .containsExactly(new FtpReply(211, List.of("a", "b", "b")), FtpReply.of(200, "ok"));
  }

  @Test
  @Conforms("FTP-021")
  void aLineBeyondTheCapIsCutAndTheNextReplyIsInStep() {
    assertThat(read("220 " + "x".repeat(100_000) + "\r\n200 ok\r\n"))
        .satisfiesExactly(
            cut -> assertThat(cut.text()).hasSize(4092),
            next -> assertThat(next).isEqualTo(FtpReply.of(200, "ok")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2",
        "22",
        "abc",
        "600 x",
        "099 x",
        "000",
        "2200 x",
        "220x",
        " 220 x",
        "22\u00b2 x",
        "\u0662\u0662\u0660 x",
        "-220 x",
        "220\tx"
      })
  @Conforms("FTP-022")
  void aFirstLineThatIsNoReplyIsAnError(String line) {
    ReplyDecoder decoder = new ReplyDecoder(10, PathCharset.UTF_8);
    Line first = new Line(line.getBytes(StandardCharsets.UTF_8), false, false);

    assertThatThrownBy(() -> decoder.accept(first))
        .isInstanceOf(PeerMisbehaved.class)
        .hasMessageContaining("code from 100 to 599");
    assertThat(decoder.isInside()).isFalse();
  }

  @Test
  void aServerOfAnotherProtocolIsNamed() {
    ReplyDecoder decoder = new ReplyDecoder(10, PathCharset.UTF_8);
    Line first = new Line("SSH-2.0-x".getBytes(StandardCharsets.UTF_8), false, false);

    assertThatThrownBy(() -> decoder.accept(first))
        .isInstanceOf(ConnectFailed.class)
        .hasMessageContaining("sftp://");
  }

  @Test
  @Conforms("FTP-025")
  void anErrorShowsLittleOfTheLineAndNoControls() {
    ReplyDecoder decoder = new ReplyDecoder(10, PathCharset.UTF_8);
    byte[] line = ("\u001b[2J" + "x".repeat(5_000)).getBytes(StandardCharsets.UTF_8);

    assertThatThrownBy(() -> decoder.accept(new Line(line, false, false)))
        .hasMessageContaining("\\x1b[2Jxxx")
        .satisfies(failure -> assertThat(failure.getMessage()).hasSizeLessThan(250));
  }

  @Test
  @Conforms("FTP-030")
  void aReplyThatHasBegunIsTold() {
    ReplyDecoder decoder = new ReplyDecoder(10, PathCharset.UTF_8);

    assertThat(decoder.isInside()).isFalse();
    assertThat(decoder.accept(line("220-hello"))).isNull();
    assertThat(decoder.isInside()).isTrue();
    assertThat(decoder.accept(line("220 bye"))).isNotNull();
    assertThat(decoder.isInside()).isFalse();
  }

  private static Line line(String text) {
    return new Line(text.getBytes(StandardCharsets.US_ASCII), false, false);
  }

  private static ByteBuf buffer(String wire) {
    return Unpooled.wrappedBuffer(wire.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static List<FtpReply> read(String wire) {
    return read(List.of(buffer(wire)), 100);
  }

  private static List<FtpReply> read(List<ByteBuf> reads, int maxLines) {
    LineDecoder lines = new LineDecoder(4096, LineEnding.LENIENT);
    ReplyDecoder decoder = new ReplyDecoder(maxLines, PathCharset.UTF_8);
    List<FtpReply> replies = new ArrayList<>();
    for (ByteBuf read : reads) {
      lines.receive(read);
      for (Line line = lines.next(); line != null; line = lines.next()) {
        FtpReply reply = decoder.accept(line);
        if (reply != null) {
          replies.add(reply);
        }
      }
    }
    return replies;
  }
}
