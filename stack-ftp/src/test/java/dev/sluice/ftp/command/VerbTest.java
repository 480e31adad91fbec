package dev.sluice.ftp.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.ftp.LineEnding;
import dev.sluice.ftp.PathCharset;
import dev.sluice.ftp.reply.Refusal;
import dev.sluice.ftp.wire.Line;
import dev.sluice.ftp.wire.LineDecoder;
import dev.sluice.test.Conforms;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every verb, walked: a new one without samples fails here. */
final class VerbTest {
  private static final List<String> PATHS =
      List.of("f", "/a b/c", "  blanks  ", "gr\u00f6\u00dfe", "cr\rinside", "\uDCFFraw", "-l", "*");
  private static final List<String> ANYTHING = List.of("word", "two words", "a=b;c");
  private static final List<String> NOTHING = List.of("");

  /** Arguments that each verb takes and writes again as they were. */
  private static final Map<Verb, List<String>> SAMPLES = new EnumMap<>(Verb.class);

  static {
    samples(
        PATHS, Verb.CWD, Verb.XCWD, Verb.XMKD, Verb.XRMD, Verb.RETR, Verb.STOR, Verb.APPE,
        Verb.RNFR, Verb.RNTO, Verb.DELE, Verb.RMD, Verb.MKD, Verb.SIZE, Verb.MDTM, Verb.HASH,
        Verb.DSIZ, Verb.RMDA);
    samples(
        Stream.concat(PATHS.stream(), NOTHING.stream()).toList(),
        Verb.STOU,
        Verb.LIST,
        Verb.NLST,
        Verb.STAT,
        Verb.MLST,
        Verb.MLSD,
        Verb.AVBL);
    samples(
        NOTHING, Verb.CDUP, Verb.XCUP, Verb.REIN, Verb.QUIT, Verb.XPWD, Verb.PASV, Verb.ABOR,
        Verb.PWD, Verb.SYST, Verb.NOOP, Verb.CCC, Verb.FEAT);
    samples(
        ANYTHING, Verb.USER, Verb.PASS, Verb.ACCT, Verb.TYPE, Verb.STRU, Verb.MODE, Verb.SITE,
        Verb.AUTH, Verb.PROT, Verb.OPTS, Verb.HOST, Verb.RANG, Verb.COMB);
    samples(
        Stream.concat(ANYTHING.stream(), NOTHING.stream()).toList(),
        Verb.SMNT,
        Verb.LPRT,
        Verb.LPSV,
        Verb.CPSV,
        Verb.SSCN,
        Verb.HELP,
        Verb.ADAT,
        Verb.MIC,
        Verb.CONF,
        Verb.ENC,
        Verb.LANG,
        Verb.CLNT,
        Verb.CSID);
    samples(List.of("127,0,0,1,4,210", "10,0,0,255,255,255"), Verb.PORT);
    samples(List.of("|1|127.0.0.1|1|", "|2|::1|65535|", "|2|fe80::1|2121|"), Verb.EPRT);
    samples(List.of("", "1", "2", "ALL"), Verb.EPSV);
    samples(List.of("0", "9223372036854775807"), Verb.REST, Verb.PBSZ);
    samples(List.of("0", "999999999999999999"), Verb.ALLO);
    samples(List.of("20240229235959 f", "19700101000000.001  a b "), Verb.MFMT, Verb.MFCT);
    samples(List.of("modify=20240229235959;UNIX.mode=644; a b", "x=; f"), Verb.MFF);
    samples(
        List.of("\"a b\"", "\"f\" 5", "\"f\" 0 10", "\"quote\"\"d\" 7 9"),
        Verb.XCRC,
        Verb.XMD5,
        Verb.XSHA,
        Verb.XSHA1,
        Verb.XSHA256,
        Verb.XSHA512);
  }

  @ParameterizedTest
  @EnumSource
  @Conforms({"FTP-001", "FTP-004"})
  void everyCommandIsReadAsItWasWritten(Verb verb) {
    assertThat(SAMPLES.get(verb)).as("samples for " + verb).isNotEmpty();
    for (String argument : SAMPLES.get(verb)) {
      FtpCommand command = verb.decode(argument);
      Line line = throughTheWire(command);

      assertThat(command.argument()).isEqualTo(argument);
      assertThat(command.verb()).isEqualTo(verb);
      assertThat(line.text()).isEqualTo(argument.isEmpty() ? verb.name() : verb + " " + argument);
      assertThat(verb.decode(command.argument())).isEqualTo(command);
    }
  }

  @ParameterizedTest
  @EnumSource
  @Conforms("FTP-001")
  void aVerbIsKnownInAnyLetterCase(Verb verb) {
    String lower = verb.name().toLowerCase(Locale.ROOT);

    assertThat(Verb.named(lower)).contains(verb);
    assertThat(Verb.named(lower.substring(0, 1) + verb.name().substring(1))).contains(verb);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\u017fTAT", "L\u0131ST", "S\u0130ZE", "", "NOOP ", "NO", "NOOPS", "P\tWD"})
  @Conforms({"FTP-014", "FTP-015"})
  void whatIsNoVerbIsUnknown(String word) {
    assertThat(Verb.named(word)).isEmpty();
  }

  @Test
  void transfersAndComputationsAreWhatAnAborCutsShort() {
    assertThat(Verb.values())
        .filteredOn(Verb::isTransfer)
        .containsExactlyInAnyOrder(
            Verb.RETR, Verb.STOR, Verb.STOU, Verb.APPE, Verb.LIST, Verb.NLST, Verb.MLSD);
    assertThat(Verb.values())
        .filteredOn(verb -> verb.isInterruptible() && !verb.isTransfer())
        .containsExactlyInAnyOrder(
            Verb.HASH, Verb.XCRC, Verb.XMD5, Verb.XSHA, Verb.XSHA1, Verb.XSHA256, Verb.XSHA512);
  }

  @Test
  @Conforms("FTP-042")
  void beforeLoginOnlyTheVerbsOfTheListAreServed() {
    Set<Verb> served = EnumSet.noneOf(Verb.class);
    Stream.of(Verb.values()).filter(Verb::beforeLogin).forEach(served::add);

    assertThat(served)
        .containsExactlyInAnyOrder(
            Verb.USER, Verb.PASS, Verb.ACCT, Verb.AUTH, Verb.PBSZ, Verb.PROT, Verb.CCC, Verb.FEAT,
            Verb.OPTS, Verb.HOST, Verb.LANG, Verb.CLNT, Verb.CSID, Verb.SYST, Verb.HELP, Verb.NOOP,
            Verb.REIN, Verb.QUIT, Verb.ADAT, Verb.MIC, Verb.CONF, Verb.ENC);
  }

  @Test
  @Conforms("FTP-035")
  void theOlderNamesStandForThePlainVerbs() {
    assertThat(
            Stream.of(Verb.XCWD, Verb.XCUP, Verb.XMKD, Verb.XPWD, Verb.XRMD).map(Verb::canonical))
        .containsExactly(Verb.CWD, Verb.CDUP, Verb.MKD, Verb.PWD, Verb.RMD);
  }

  static Stream<String> argumentsThatNobodyCanRead() {
    return Stream.of(
        "501 CWD ",
        "501 RETR ",
        "501 STOR ",
        "501 SIZE ",
        "501 USER ",
        "501 TYPE  ",
        "501 FEAT x",
        "501 REST ",
        "501 REST -1",
        "501 REST 1.5",
        "501 REST 12345678901234567890",
        "501 REST 9223372036854775808",
        "501 REST 1 2",
        "501 ALLO x",
        "501 ALLO 1 R",
        "501 PBSZ x",
        "501 PORT 1,2,3,4,5",
        "501 PORT 1,2,3,4,5,6,7",
        "501 PORT 256,0,0,1,1,1",
        "501 PORT 127,0,0,1,0,0",
        "501 PORT 1,2,3,4,5,a",
        "501 PORT 1,,3,4,5,6",
        "501 PORT 0x7f,0,0,1,1,1",
        "501 EPRT ",
        "501 EPRT |1|127.0.0.1|21",
        "501 EPRT |1|127.0.0.1|0|",
        "501 EPRT |1|127.0.0.1|65536|",
        "501 EPRT |1|::1|2121|",
        "501 EPRT |2|127.0.0.1|2121|",
        "501 EPRT |2|fe80::1%eth0|2121|",
        "501 EPRT |1|localhost|21|",
        "501 EPRT \u00e41\u00e4127.0.0.1\u00e421\u00e4",
        "522 EPRT |3|127.0.0.1|2121|",
        "501 EPRT |x|127.0.0.1|2121|",
        "522 EPSV 3",
        "501 EPSV IPV4",
        "501 MFMT f",
        "501 MFMT 20240229235959",
        "501 MFMT 20240229235959 ",
        "501 MFMT 20230229000000 f",
        "501 MFMT 20240101240000 f",
        "501 MFMT 2024010100000 f",
        "501 MFF f",
        "501 MFF modify=1 f",
        "501 MFF =1; f",
        "501 MFF modify; f",
        "501 XMD5 ",
        "501 XCRC \"f\" 9 3");
  }

  @ParameterizedTest
  @MethodSource("argumentsThatNobodyCanRead")
  @Conforms({
    "FTP-014", "FTP-079", "FTP-081", "FTP-082", "FTP-114", "FTP-115", "FTP-153", "FTP-188"
  })
  void anArgumentThatCannotBeReadIsRefused(String sample) {
    Verb verb = Verb.valueOf(sample.substring(4, sample.indexOf(' ', 4)));
    String argument = sample.substring(sample.indexOf(' ', 4) + 1);

    assertThatThrownBy(() -> verb.decode(argument))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal ->
                assertThat(refusal.reply().code())
                    .isEqualTo(Integer.parseInt(sample.substring(0, 3))));
  }

  @Test
  @Conforms("FTP-195")
  void aPathWithoutQuotesMayHoldBlanks() {
    assertThat(Verb.XMD5.decode("a b c 3 9")).isEqualTo(new Digest(Verb.XMD5, "a b c", 3, 9));
    assertThat(Verb.XMD5.decode("a b")).isEqualTo(new Digest(Verb.XMD5, "a b", 0, Long.MAX_VALUE));
  }

  @Test
  @Conforms("FTP-195")
  void anEndlessRunOfQuotesIsOnlyAStrangeName() {
    String argument = "\"" + "\"\"".repeat(100_000) + "\" 1";

    assertThat(((Digest) Verb.XMD5.decode(argument)).path()).hasSize(100_000);
    assertThat(((Digest) Verb.XMD5.decode(argument + "\"")).start()).isZero();
  }

  private static Line throughTheWire(FtpCommand command) {
    ByteBuf wire = Unpooled.buffer();
    command.encode(wire, PathCharset.UTF_8);
    LineDecoder decoder = new LineDecoder(4096, LineEnding.LENIENT);
    decoder.receive(wire);
    Line line = decoder.next();
    if (line == null) {
      throw new AssertionError("no line for " + command);
    }
    return line;
  }

  private static void samples(List<String> arguments, Verb... verbs) {
    for (Verb verb : verbs) {
      SAMPLES.put(verb, arguments);
    }
  }
}
