package dev.sluice.ssh.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.ssh.Vectors;
import dev.sluice.test.Conforms;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The data types of RFC 4251 section 5. */
final class WireTest {

  static Stream<String> mpints() {
    return Vectors.elements("mpint.cases")
        .filter(it -> !Vectors.text(it + ".value").startsWith("-"));
  }

  static Stream<String> nameLists() {
    return Vectors.elements("name_list.cases");
  }

  @ParameterizedTest
  @MethodSource("mpints")
  @Conforms("SSH-010")
  void anMpintIsAsShortAsPossible(String vector) {
    BigInteger value = Vectors.number(vector + ".value");
    byte[] encoded = Vectors.hex(vector + ".encoded");

    assertThat(Encoded.bytes(out -> Mpint.write(out, value))).isEqualTo(encoded);
    assertThat(Encoded.bytes(out -> Mpint.write(out, value.toByteArray()))).isEqualTo(encoded);
    assertThat(Mpint.read(Unpooled.wrappedBuffer(encoded))).isEqualTo(value);
  }

  @Test
  @Conforms("SSH-010")
  void theOctetsOfASecretAreANumberWithItsZerosGone() {
    for (String vector : Vectors.elements("x25519_shared_secret_as_mpint.cases").toList()) {
      byte[] raw = Vectors.hex(vector + ".shared_raw");
      assertThat(Encoded.bytes(out -> Mpint.write(out, raw)))
          .isEqualTo(Vectors.hex(vector + ".K_mpint"));
    }
    assertThat(Encoded.bytes(out -> Mpint.write(out, new byte[3]))).isEqualTo(new byte[4]);
  }

  @Test
  @Conforms("SSH-011")
  void leadingZerosAreAcceptedAndNeverWritten() {
    BigInteger value = Mpint.read(bytes("00000004 0000 00ff"));

    assertThat(value).isEqualTo(255);
    assertThat(Encoded.bytes(out -> Mpint.write(out, value))).isEqualTo(octets("00000002 00ff"));
    assertThat(Mpint.read(bytes("00000001 00"))).isZero();
  }

  @Test
  @Conforms("SSH-011")
  void aNegativeMpintIsRefused() {
    refused(bytes("00000001 80"), Mpint::read);
    refused(bytes("00000002 edcc"), Mpint::read);
  }

  @Test
  @Conforms("SSH-011")
  void anMpintOfMoreBitsThanAnyKeyHasIsRefused() {
    BigInteger largest = BigInteger.ONE.shiftLeft(Mpint.MAX_BITS).subtract(BigInteger.ONE);
    BigInteger tooLarge = largest.add(BigInteger.ONE);
    ByteBuf in = Unpooled.buffer();
    Mpint.write(in, largest);
    Mpint.write(in, tooLarge);

    assertThat(Mpint.read(in)).isEqualTo(largest);
    refused(in, Mpint::read);
    refused(Unpooled.wrappedBuffer(octets("00001000"), filled(4096)), Mpint::read);
  }

  @ParameterizedTest
  @MethodSource("nameLists")
  @Conforms("SSH-012")
  void aNameListIsReadAndWrittenTheSame(String vector) {
    List<String> names = Vectors.elements(vector + ".names").map(Vectors::text).toList();
    byte[] encoded = Vectors.hex(vector + ".encoded");

    assertThat(Encoded.bytes(out -> NameList.write(out, names))).isEqualTo(encoded);
    assertThat(NameList.read(Unpooled.wrappedBuffer(encoded))).isEqualTo(names);
  }

  @ParameterizedTest
  @ValueSource(strings = {",", "a,", ",a", "a,,b", "a b", "a\u0000", "a\n", "\u007f", "\u00e4"})
  @Conforms("SSH-012")
  void aNameListWithAnEmptyOrUnprintableNameIsRefused(String list) {
    refused(string(list.getBytes(UTF_8)), NameList::read);
  }

  @Test
  @Conforms("SSH-012")
  void aNameOfMoreThan64BytesIsRefused() {
    String longest = "a".repeat(64);

    assertThat(NameList.read(string((longest + ",b").getBytes(US_ASCII))))
        .containsExactly(longest, "b");
    refused(string((longest + "a").getBytes(US_ASCII)), NameList::read);
    assertThat(SshString.readName(string(longest.getBytes(US_ASCII)))).isEqualTo(longest);
    refused(string((longest + "a").getBytes(US_ASCII)), SshString::readName);
    refused(string("a,b".getBytes(US_ASCII)), SshString::readName);
  }

  @Test
  @Conforms("SSH-013")
  void everyOctetButZeroIsTrueAndOneIsWritten() {
    for (int octet = 0; octet < 256; octet++) {
      boolean value = SshBoolean.read(Unpooled.wrappedBuffer(new byte[] {(byte) octet}));
      assertThat(value).isEqualTo(octet != 0);
      assertThat(Encoded.bytes(out -> SshBoolean.write(out, value))).containsExactly(value ? 1 : 0);
    }
    refused(Unpooled.EMPTY_BUFFER, SshBoolean::read);
  }

  @ParameterizedTest
  @ValueSource(strings = {"00000005", "7fffffff", "80000000", "ffffffff"})
  @Conforms("SSH-014")
  void aLengthBeyondTheEndIsRefusedBeforeMemoryIsTaken(String length) {
    byte[] wire = octets(length + "01020304");

    refused(Unpooled.wrappedBuffer(wire), SshString::read);
    refused(Unpooled.wrappedBuffer(wire), SshString::readSlice);
    refused(Unpooled.wrappedBuffer(wire), SshString::readName);
    refused(Unpooled.wrappedBuffer(wire), SshString::readText);
    refused(Unpooled.wrappedBuffer(wire), NameList::read);
    refused(Unpooled.wrappedBuffer(wire), Mpint::read);
  }

  @Test
  @Conforms("SSH-014")
  void aTruncatedNumberOrLengthIsRefused() {
    for (int length = 0; length < 8; length++) {
      refused(Unpooled.wrappedBuffer(new byte[length]), Uint64::read);
      if (length < 4) {
        refused(Unpooled.wrappedBuffer(new byte[length]), Uint32::read);
        refused(Unpooled.wrappedBuffer(new byte[length]), SshString::read);
      }
    }
    refused(Unpooled.wrappedBuffer(new byte[3]), in -> Octet.read(in, 4));
  }

  @Test
  void aStringAboveTheLimitOfItsFieldIsRefused() {
    assertThat(SshString.read(string(new byte[8]), 8)).hasSize(8);
    refused(string(new byte[9]), in -> SshString.read(in, 8));
    refused(string(new byte[9]), in -> SshString.readExactly(in, 8, "a key"));
    refused(string(new byte[7]), in -> SshString.readExactly(in, 8, "a key"));
  }

  @Test
  @Conforms("SSH-015")
  void numbersCoverTheirWholeRangeUnsigned() {
    assertThat(Uint32.read(bytes("ffffffff"))).isEqualTo(4_294_967_295L);
    assertThat(Encoded.bytes(out -> Uint32.write(out, Uint32.MAX))).isEqualTo(octets("ffffffff"));
    assertThat(Uint64.read(bytes("ffffffffffffffff"))).isEqualTo(Uint64.MAX);
    assertThat(Encoded.bytes(out -> Uint64.write(out, Uint64.MAX)))
        .isEqualTo(octets("ffffffffffffffff"));
    assertThatThrownBy(() -> Uint32.check(-1, "window")).hasMessage("window -1");
    assertThatThrownBy(() -> Uint32.check(Uint32.MAX + 1, "window"))
        .hasMessage("window 4294967296");
  }

  @Test
  @Conforms("SSH-016")
  void whatStandsBehindTheLastFieldIsRefused() {
    Octet.requireEnd(Unpooled.EMPTY_BUFFER, "NEWKEYS");
    assertThatThrownBy(() -> Octet.requireEnd(bytes("00"), "NEWKEYS"))
        .isInstanceOf(SshViolation.class)
        .hasMessageContaining("NEWKEYS");
  }

  @Test
  @Conforms("SSH-017")
  void textOfThePeerMovesNoCursor() {
    byte[] hostile = "a\u001b[2Jb\u0007\u0000\u009b\r\n\tc".getBytes(UTF_8);

    assertThat(SshString.readText(string(hostile)))
        .isEqualTo("a\ufffd[2Jb\ufffd\ufffd\ufffd\r\n\tc");
    assertThat(SshString.readText(string(octets("61ff62")))).isEqualTo("a\ufffdb");
    refused(string(octets("61ff62")), in -> SshString.readUtf8(in, 100));
  }

  private static void refused(ByteBuf in, Function<ByteBuf, ?> reader) {
    assertThatThrownBy(() -> reader.apply(in)).isInstanceOf(SshViolation.class);
  }

  private static ByteBuf string(byte[] octets) {
    return Unpooled.wrappedBuffer(Encoded.bytes(out -> SshString.write(out, octets)));
  }

  private static ByteBuf bytes(String hex) {
    return Unpooled.wrappedBuffer(octets(hex));
  }

  private static byte[] octets(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }

  private static byte[] filled(int length) {
    byte[] octets = new byte[length];
    Arrays.fill(octets, (byte) 0x7f);
    return octets;
  }
}
