package dev.sluice.ftp.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.ftp.LineEnding;
import dev.sluice.test.Chunks;
import dev.sluice.test.Conforms;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LineDecoderTest {

  @Test
  @Conforms("FTP-002")
  void theCutOfTheReadsDoesNotMatter() {
    String wire =
        "USER x\r\n\r\nNOOP\n\rQUIT\r\r\0\r\nA\u00ff\u00ffB\r\n\u00ff\u00fd\u0001STOR \u00ff\u00f4f\r\nrest";
    List<String> whole = lines(wire, LineEnding.LENIENT);

    assertThat(whole).hasSize(6);
    assertThat(Chunks.buffers(octets(wire)))
        .allSatisfy(reads -> assertThat(lines(reads, LineEnding.LENIENT, 100)).isEqualTo(whole));
  }

  @Test
  @Conforms({"FTP-003", "FTP-002"})
  void theCutOfTheReadsDoesNotMatterInStrictMode() {
    String wire = "STOR a\nb\r\nX\r\r\n\n\r\n\r\0\n\r\n";
    List<String> whole = lines(wire, LineEnding.STRICT);

    assertThat(whole).containsExactly("STOR a\nb", "X\r", "\n", "\r\n");
    assertThat(Chunks.buffers(octets(wire)))
        .allSatisfy(reads -> assertThat(lines(reads, LineEnding.STRICT, 100)).isEqualTo(whole));
  }

  @Test
  @Conforms("FTP-003")
  void aBareLfEndsALineInLenientModeOnly() {
    assertThat(lines("A\nB\r\n", LineEnding.LENIENT)).containsExactly("A", "B");
    assertThat(lines("A\nB\r\n", LineEnding.STRICT)).containsExactly("A\nB");
  }

  @Test
  @Conforms("FTP-003")
  void aBareCrNeverEndsALine() {
    assertThat(lines("A\rB\r\n", LineEnding.LENIENT)).containsExactly("A\rB");
  }

  @Test
  @Conforms("FTP-004")
  void blanksAreKept() {
    assertThat(lines("STOR   f \r\n", LineEnding.LENIENT)).containsExactly("STOR   f ");
  }

  @Test
  @Conforms("FTP-005")
  void theNulBehindACrIsRemovedAndAnotherIsTold() {
    assertThat(lines("a\r\0b\r\nc\0d\r\ne\r\n", LineEnding.LENIENT))
        .containsExactly("a\rb", "cd (nul)", "e");
  }

  @Test
  @Conforms("FTP-007")
  void aDoubledIacIsOneOctet() {
    assertThat(lines("STOR \u00ff\u00ff\u00ff\u00ff\r\n", LineEnding.LENIENT))
        .containsExactly("STOR \\xff\\xff");
  }

  @Test
  @Conforms("FTP-008")
  void optionsAreRefusedAndTakenOut() {
    LineDecoder decoder = new LineDecoder(100, LineEnding.LENIENT);
    byte[] wire =
        octets("NO\u00ff\u00fd\u0018O\u00ff\u00fb\u0001P\u00ff\u00fc\u0003\u00ff\u00fe\u0005\r\n");

    decoder.receive(Unpooled.wrappedBuffer(wire));

    Line line = decoder.next();
    assertThat(line).isNotNull();
    assertThat(line.text()).isEqualTo("NOOP");
    ByteBuf answer = decoder.refusals();
    assertThat(answer)
        .isEqualTo(Unpooled.wrappedBuffer(octets("\u00ff\u00fc\u0018\u00ff\u00fe\u0001")));
    assertThat(decoder.refusals()).isNull();
  }

  @Test
  @Conforms("FTP-010")
  void aCommandIsFoundBehindEveryRestOfAnInterruptSequence() {
    List<String> sequences =
        List.of(
            "\u00ff\u00f4\u00ff\u00f2",
            "\u00ff\u00f4\u00f2",
            "\u00ff\u00f4\u00ff",
            "\u00ff\u00f4",
            "\u00f2",
            "");

    assertThat(sequences)
        .allSatisfy(
            sequence ->
                assertThat(Chunks.buffers(octets(sequence + "ABOR\r\nNOOP\r\n")))
                    .allSatisfy(
                        reads ->
                            assertThat(lines(reads, LineEnding.LENIENT, 100))
                                .containsExactly("ABOR", "NOOP")));
  }

  @Test
  @Conforms("FTP-010")
  void anIacBeforeAnOrdinaryOctetIsDroppedAlone() {
    assertThat(lines("\u00ffABOR\r\nA\u00ff\r\nB\r\n", LineEnding.LENIENT))
        .containsExactly("ABOR", "A", "B");
  }

  @Test
  @Conforms("FTP-013")
  void ofALineOverTheLimitTheRestIsDroppedAndTheNextIsWhole() {
    assertThat(lines(octets("x".repeat(100_000) + "\r\nNOOP\r\n"), LineEnding.LENIENT, 10))
        .containsExactly("xxxxxxxxxx (cut)", "NOOP");
  }

  @Test
  @Conforms("FTP-013")
  void aLineAtTheLimitIsWhole() {
    assertThat(lines(octets("1234567890\r\n12345678901\r\n"), LineEnding.LENIENT, 10))
        .containsExactly("1234567890", "1234567890 (cut)");
  }

  @Test
  @Conforms("FTP-013")
  void theLimitCanShrinkInTheMiddleOfALine() {
    LineDecoder decoder = new LineDecoder(1000, LineEnding.LENIENT);
    decoder.receive(Unpooled.wrappedBuffer(octets("x".repeat(500))));

    decoder.limit(10);
    decoder.receive(Unpooled.wrappedBuffer(octets("yy\r\nz\r\n")));

    assertThat(drain(decoder)).containsExactly("x".repeat(500) + " (cut)", "z");
  }

  @Test
  @Conforms("FTP-205")
  void whatIsDiscardedIsNeverALine() {
    LineDecoder decoder = new LineDecoder(100, LineEnding.LENIENT);
    decoder.receive(Unpooled.wrappedBuffer(octets("USER a\r\nPAS")));

    decoder.discard();
    decoder.receive(Unpooled.wrappedBuffer(octets("NOOP\r\n")));

    assertThat(drain(decoder)).containsExactly("NOOP");
  }

  @Test
  @Conforms({"FTP-005", "FTP-007"})
  void whatTheEncoderWritesIsReadAsItWas() {
    byte[] all = new byte[255];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) (255 - i);
    }
    byte[] noLf = withoutLf(all);
    ByteBuf wire = Unpooled.buffer();
    LineEncoder.write(noLf, wire);
    LineEncoder.endLine(wire);
    LineDecoder decoder = new LineDecoder(1000, LineEnding.LENIENT);

    decoder.receive(wire);

    Line line = decoder.next();
    assertThat(line).isNotNull();
    assertThat(line.octets()).isEqualTo(noLf);
    assertThat(line.holdsNul()).isFalse();
  }

  private static byte[] withoutLf(byte[] octets) {
    int lf = 255 - '\n';
    byte[] rest = Arrays.copyOf(octets, octets.length - 1);
    System.arraycopy(octets, lf + 1, rest, lf, octets.length - lf - 1);
    return rest;
  }

  private static List<String> lines(String wire, LineEnding ending) {
    return lines(octets(wire), ending, 100);
  }

  private static List<String> lines(byte[] wire, LineEnding ending, int limit) {
    return lines(List.of(Unpooled.wrappedBuffer(wire)), ending, limit);
  }

  private static List<String> lines(List<ByteBuf> reads, LineEnding ending, int limit) {
    LineDecoder decoder = new LineDecoder(limit, ending);
    List<String> found = new ArrayList<>();
    for (ByteBuf read : reads) {
      decoder.receive(read);
      found.addAll(drain(decoder));
    }
    return found;
  }

  private static List<String> drain(LineDecoder decoder) {
    List<String> found = new ArrayList<>();
    for (Line line = decoder.next(); line != null; line = decoder.next()) {
      String text = line.text().replace("\uDCFF", "\\xff");
      found.add(text + (line.truncated() ? " (cut)" : "") + (line.holdsNul() ? " (nul)" : ""));
    }
    return found;
  }

  private static byte[] octets(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
