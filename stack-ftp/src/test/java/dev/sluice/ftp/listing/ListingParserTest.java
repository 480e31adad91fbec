package dev.sluice.ftp.listing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.RawName;
import dev.sluice.ftp.Dialect;
import dev.sluice.ftp.wire.Line;
import dev.sluice.test.Chunks;
import dev.sluice.test.Conforms;
import io.netty.buffer.Unpooled;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class ListingParserTest {

  static Stream<Path> listings() {
    return Listings.files();
  }

  static Stream<Path> listingsThatTellTheirFormat() {
    return listings().filter(file -> Listings.dialect(file) != Dialect.MLSD);
  }

  @ParameterizedTest
  @MethodSource("listings")
  @Conforms({
    "FTP-139", "FTP-142", "FTP-143", "FTP-144", "FTP-145", "FTP-146", "FTP-147", "FTP-148",
    "FTP-149", "FTP-150", "FTP-151", "FTP-152", "FTP-179", "FTP-183", "FTP-184"
  })
  void everyListingIsReadInTheFormatTheCallerChose(Path file) {
    ListingParser parser = parserFor(file);

    assertThat(Listings.parse(parser, List.of(Unpooled.wrappedBuffer(Listings.octets(file)))))
        .isEqualTo(Listings.expected(file));
  }

  @ParameterizedTest
  @MethodSource("listingsThatTellTheirFormat")
  @Conforms("FTP-151")
  void everyFormatIsFoundOutByItsFirstLines(Path file) {
    ListingParser parser = ListingParser.create(Listings.OPTIONS);

    List<String> read =
        Listings.parse(parser, List.of(Unpooled.wrappedBuffer(Listings.octets(file))));

    assertThat(parser.dialect()).isEqualTo(Listings.dialect(file));
    assertThat(read).isEqualTo(Listings.expected(file));
  }

  @ParameterizedTest
  @MethodSource("listings")
  @Conforms("FTP-142")
  void theCutOfTheDataDoesNotMatter(Path file) {
    assertThat(Chunks.buffers(Listings.octets(file)))
        .allSatisfy(
            pieces ->
                assertThat(Listings.parse(parserFor(file), pieces))
                    .isEqualTo(Listings.expected(file)));
  }

  @ParameterizedTest
  @CsvSource({
    "UNIX Type: L8, UNIX",
    "Windows_NT, DOS",
    "VMS OpenVMS V8.4, VMS",
    "OS/400 is the remote operating system., OS400",
    "MVS is the operating system of this server., MVS",
    "NETWARE Type: L8, NETWARE"
  })
  @Conforms("FTP-151")
  void theSystemOfTheServerTellsWhatIsTriedFirst(String system, Dialect dialect) {
    assertThat(Dialect.ofSystem(system)).contains(dialect);
  }

  @Test
  @Conforms("FTP-151")
  void aServerThatPrintsAnotherFormatThanItsSystemIsReadAllTheSame() {
    ListingParser parser = ListingParser.create(Listings.OPTIONS.withSystem("Windows_NT"));

    assertThat(Listings.parse(parser, "drwxr-xr-x 1 owner group 0 Feb 10 10:00 dir\r\n"))
        .hasSize(1);
    assertThat(parser.dialect()).isEqualTo(Dialect.UNIX);
  }

  @Test
  @Conforms("FTP-104")
  void anEmptyListingIsNoEntriesAndNoComplaint() {
    ListingParser parser = ListingParser.create(Listings.OPTIONS);

    assertThat(Listings.parse(parser, "\r\n\r\n")).isEmpty();
    assertThat(parser.unparsedCount()).isZero();
  }

  @Test
  @Conforms("FTP-142")
  void unparsedLinesAreCountedButOnlySomeAreKept() {
    ListingParser parser = ListingParser.create(Listings.OPTIONS);

    Listings.parse(parser, ("x".repeat(300) + "\u0007\n").repeat(1_000));

    assertThat(parser.unparsedCount()).isEqualTo(1_000);
    assertThat(parser.unparsed()).hasSize(20).allSatisfy(line -> assertThat(line).hasSize(200));
  }

  @Test
  @Conforms("FTP-142")
  void unparsedLinesAreSafeToShow() {
    ListingParser parser = ListingParser.create(Listings.OPTIONS);

    Listings.parse(parser, "\u001b[2Jgone\n");

    assertThat(parser.unparsed()).containsExactly("\\x1b[2Jgone");
  }

  @Test
  @Conforms("FTP-152")
  void aNameWithNulIsNotUsed() {
    ListingParser parser = ListingParser.create(Listings.OPTIONS);

    assertThat(Listings.parse(parser, "-rw-r--r-- 1 o g 1 Feb 10 10:00 a\0b\n"))
        .containsExactly("unparsed: -rw-r--r-- 1 o g 1 Feb 10 10:00 a\\x00b");
  }

  /** Known attack: endless lines in listings (CVE-2015-4022). */
  @Test
  @Conforms("FTP-142")
  void aLineOfAThousandKibibytesIsUnparsedAndTheNextIsRead() {
    ListingParser parser = ListingParser.create(Listings.OPTIONS);
    String line = "-rw-r--r-- 1 o g 1 Feb 10 10:00 ";

    List<String> read =
        Listings.parse(parser, line + "x".repeat(1024 * 1024) + "\r\n" + line + "next\r\n");

    assertThat(read).hasSize(2).first().asString().startsWith("<next>");
    assertThat(parser.unparsedCount()).isEqualTo(1);
  }

  /** Known attack: hostile listings (CVE-2015-4022, CVE-2017-8817, CVE-2020-8285). */
  @Test
  @Conforms("FTP-142")
  void hostileLinesCostLittleTime() {
    String blanks = "-rw-r--r-- " + " ".repeat(65_000);
    String numbers = "-rw-r--r-- " + "1 ".repeat(32_000);
    String commas = "+" + ",".repeat(65_000) + "\tx";
    String semicolons = "a=;".repeat(21_000) + " x";
    String facts = "type=" + "=".repeat(65_000);

    for (Dialect dialect : Dialect.values()) {
      for (String line : List.of(blanks, numbers, commas, semicolons, facts)) {
        ListingParser parser = ListingParser.create(Listings.OPTIONS.withDialect(dialect));
        Line hostile = new Line(line.getBytes(StandardCharsets.UTF_8), false, false);
        assertThat(Duration.ofNanos(nanosFor(() -> parser.accept(hostile))))
            .isLessThan(Duration.ofSeconds(1));
      }
    }
  }

  @Test
  void linesWaitNoLongerThanABoundForTheOrderOfDayAndMonth() {
    ListingParser parser = ListingParser.create(Listings.OPTIONS.withDialect(Dialect.DOS));
    Line line =
        new Line(
            "03-02-20  03:09PM                    5 file".getBytes(StandardCharsets.UTF_8),
            false,
            false);
    int read = 0;

    for (int i = 0; i < 10_000; i++) {
      read += parser.accept(line).size();
    }

    assertThat(read).isEqualTo(10_000);
    assertThat(parser.finish()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "m\u00e4r 12  2020, 2020-03-12",
    "12. d\u00e9c.  2019, 2019-12-12",
    "f\u00e9v 3  2018, 2018-02-03"
  })
  void monthsAreReadWhoseOctetsAreNotThoseOfTheCharset(String date, String day) {
    byte[] line = ("-rw-r--r-- 1 o g 1 " + date + " name").getBytes(StandardCharsets.ISO_8859_1);

    assertThat(ListingParser.create(Listings.OPTIONS).accept(new Line(line, false, false)))
        .singleElement()
        .satisfies(
            entry ->
                assertThat(entry.attributes().modified())
                    .isEqualTo(Instant.parse(day + "T00:00:00Z")));
  }

  @Test
  @Conforms("FTP-144")
  void timesAreThoseOfTheServersZone() {
    ListingParser parser =
        ListingParser.create(
            Listings.OPTIONS.withDialect(Dialect.UNIX).withZone(ZoneId.of("America/New_York")));

    assertThat(
            Listings.parse(
                parser,
                "-rw-r--r-- 1 o g 1 Jan 10 10:00 winter\n-rw-r--r-- 1 o g 1 Jul 10 10:00 summer\n"))
        .satisfiesExactly(
            winter -> assertThat(winter).contains("modified=2024-01-10T15:00:00Z"),
            summer -> assertThat(summer).contains("modified=2023-07-10T14:00:00Z"));
  }

  @Test
  @Conforms("FTP-162")
  void aNameThatIsNotUtf8IsKeptOctetForOctet() {
    byte[] line = "-rw-r--r-- 1 o g 1 Feb 10 10:00 \u00e9".getBytes(StandardCharsets.ISO_8859_1);

    ListedEntry entry =
        ListingParser.create(Listings.OPTIONS).accept(new Line(line, false, false)).get(0);

    assertThat(entry).isNotNull();
    assertThat(RawName.encode(entry.name())).isEqualTo(new byte[] {(byte) 0xe9});
  }

  static Stream<Arguments> namesInOldCharsets() {
    Map<String, String> names =
        Map.of(
            "Shift_JIS", "\u30bd\u8868 \u65e5\u672c.txt", // ends in backslashes, as octets
            "EUC-KR", "\ud55c\uae00 \ubb38\uc11c.txt",
            "Big5", "\u529f\u80fd \u8a31.txt",
            "windows-1251", "\u041f\u0440\u0438 \u0412\u2026.txt"); // as UTF-8: a line end
    List<String> lines =
        List.of(
            "UNIX=-rw-r--r-- 1 o g 1 Feb 10 10:00 ",
            "DOS=02-10-24  11:20AM                     1 ",
            "NETWARE=- [RWCEAFMS] bob 1 Feb 10 11:20 ",
            "EPLF=+s1,r,\t",
            "ZVM=05/20/2000 13:38:19 F 1 1 '",
            "OS2=1 A 02-10-24 11:20 ",
            "OS9=1.2 24/02/10 1120 --ewrewr 1A 1 ",
            "VXWORKS=1 Feb-10-2024 11:20:00 ",
            "VSHELL=1 Feb 10, 2024 11:20 ",
            "NUMERIC=0100644 1 1 1 1707563200 ",
            "MLSD=type=file;size=1; ");
    return names.entrySet().stream()
        .flatMap(
            name ->
                lines.stream()
                    .map(
                        line ->
                            Arguments.of(
                                name.getKey(),
                                Dialect.valueOf(line.substring(0, line.indexOf('='))),
                                line.substring(line.indexOf('=') + 1),
                                name.getValue())));
  }

  @ParameterizedTest(name = "{0} in {1}")
  @MethodSource("namesInOldCharsets")
  @Conforms("FTP-162")
  void aNameInAnotherCharsetIsKeptOctetForOctetInEveryFormat(
      String charset, Dialect dialect, String before, String name) {
    byte[] octets = name.getBytes(Charset.forName(charset));
    byte[] line = concat(before.getBytes(StandardCharsets.US_ASCII), octets);

    ListingParser parser = ListingParser.create(Listings.OPTIONS.withDialect(dialect));
    List<ListedEntry> entries = new ArrayList<>(parser.accept(new Line(line, false, false)));
    entries.addAll(parser.finish());

    assertThat(parser.unparsed()).isEmpty();
    assertThat(entries)
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(RawName.encode(entry.name())).isEqualTo(octets);
              assertThat(entry.attributes().size()).isEqualTo(1);
            });
  }

  @ParameterizedTest
  @CsvSource({
    "GBK, \u4e0a\u5348 10:23, 10:23",
    "GBK, \u4e0b\u5348 10:23, 22:23",
    "Big5, 10:23\u4e0b\u5348, 22:23",
    "Shift_JIS, \u5348\u5f8c 10:23, 22:23",
    "EUC-KR, \uc624\ud6c4 10:23, 22:23",
    "windows-1253, 10:23 \u03bc\u03bc, 22:23"
  })
  void theHalfOfTheDayIsReadInTheCharsetOfTheSystem(String charset, String clock, String time) {
    byte[] line =
        ("2024-03-09  " + clock + "    <DIR>          name").getBytes(Charset.forName(charset));

    assertThat(ListingParser.create(Listings.OPTIONS).accept(new Line(line, false, false)))
        .singleElement()
        .satisfies(
            entry ->
                assertThat(entry.attributes().modified())
                    .isEqualTo(Instant.parse("2024-03-09T" + time + ":00Z")));
  }

  private static byte[] concat(byte[] one, byte[] other) {
    byte[] both = Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, both, one.length, other.length);
    return both;
  }

  private static ListingParser parserFor(Path file) {
    return ListingParser.create(Listings.OPTIONS.withDialect(Listings.dialect(file)));
  }

  private static long nanosFor(Runnable work) {
    long start = System.nanoTime();
    work.run();
    return System.nanoTime() - start;
  }
}
