package dev.sluice.ftp.listing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.ftp.wire.Line;
import dev.sluice.test.Chunks;
import dev.sluice.test.Conforms;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

@Conforms("FTP-142")
final class LineSplitterTest {

  @Test
  void aLineEndsAtCrLfOrLfAndTheLastNeedsNoEnd() {
    assertThat(split("a\r\nb\n\nc", 10)).containsExactly("a", "b", "", "c");
  }

  @Test
  void blanksAreKeptAndDoubledCrIsNot() {
    assertThat(split(" a \r\r\nb\rc\r\n", 10)).containsExactly(" a ", "b\rc");
  }

  @Test
  void theCutOfTheDataDoesNotMatter() {
    String data = "first\r\n\r\nsecond one\n\rthird\r\r\nfourth\r";
    List<String> whole = split(data, 8);

    assertThat(Chunks.buffers(octets(data)))
        .allSatisfy(pieces -> assertThat(split(pieces, 8)).isEqualTo(whole));
  }

  @Test
  void aLineAtTheCapIsWhole() {
    assertThat(split("12345\r\n12345\n", 5)).containsExactly("12345", "12345");
  }

  @Test
  void aLineOverTheCapIsMarkedAndTheNextIsWhole() {
    assertThat(split("123456\r\n" + "x".repeat(1000) + "\nok\n", 5))
        .containsExactly("12345!", "xxxxx!", "ok");
  }

  @Test
  void aListingWithoutLineEndTakesBoundedMemory() {
    LineSplitter splitter = new LineSplitter(100);
    ByteBuf piece = Unpooled.wrappedBuffer(new byte[1024 * 1024]);

    for (int i = 0; i < 64; i++) {
      assertThat(splitter.next(piece.readerIndex(0))).isNull();
    }

    Line last = splitter.last();
    assertThat(last).isNotNull();
    assertThat(last.truncated()).isTrue();
    assertThat(last.octets()).hasSize(100);
    assertThat(splitter.last()).isNull();
  }

  @Test
  void nulIsTold() {
    LineSplitter splitter = new LineSplitter();

    Line line = splitter.next(Unpooled.wrappedBuffer(octets("a\0b\n")));

    assertThat(line).isNotNull();
    assertThat(line.holdsNul()).isTrue();
  }

  private static List<String> split(String data, int cap) {
    return split(List.of(Unpooled.wrappedBuffer(octets(data))), cap);
  }

  private static List<String> split(List<ByteBuf> pieces, int cap) {
    LineSplitter splitter = new LineSplitter(cap);
    List<String> lines = new ArrayList<>();
    for (ByteBuf piece : pieces) {
      for (Line line = splitter.next(piece); line != null; line = splitter.next(piece)) {
        lines.add(describe(line));
      }
    }
    Line last = splitter.last();
    if (last != null) {
      lines.add(describe(last));
    }
    return lines;
  }

  private static String describe(Line line) {
    return line.text() + (line.truncated() ? "!" : "");
  }

  private static byte[] octets(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
