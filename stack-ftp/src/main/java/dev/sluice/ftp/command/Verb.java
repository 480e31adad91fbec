package dev.sluice.ftp.command;

import dev.sluice.ftp.reply.Refusal;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every verb known, with the way its argument is read and when it may come. */
public enum Verb {
  // RFC 959 section 4.1.1, access control
  USER(Text::required, When.ALWAYS),
  PASS(Secret::decode, When.ALWAYS),
  ACCT(Secret::decode, When.ALWAYS),
  CWD(OnPath::required, When.LOGGED_IN),
  CDUP(Bare::lenient, When.LOGGED_IN),
  SMNT(Text::optional, When.LOGGED_IN),
  REIN(Bare::lenient, When.ALWAYS),
  QUIT(Bare::lenient, When.ALWAYS),
  // RFC 1123 section 4.1.3.1, the older names
  XCWD(OnPath::required, When.LOGGED_IN),
  XCUP(Bare::lenient, When.LOGGED_IN),
  XPWD(Bare::lenient, When.LOGGED_IN),
  XMKD(OnPath::required, When.LOGGED_IN),
  XRMD(OnPath::required, When.LOGGED_IN),
  // RFC 959 section 4.1.2 and RFC 2428, transfer parameters
  PORT(Port::decode, When.LOGGED_IN),
  PASV(Bare::lenient, When.LOGGED_IN),
  EPRT(Eprt::decode, When.LOGGED_IN),
  EPSV(Epsv::decode, When.LOGGED_IN),
  TYPE(Text::required, When.LOGGED_IN),
  STRU(Text::required, When.LOGGED_IN),
  MODE(Text::required, When.LOGGED_IN),
  LPRT(Text::optional, When.LOGGED_IN),
  LPSV(Text::optional, When.LOGGED_IN),
  CPSV(Text::optional, When.LOGGED_IN),
  SSCN(Text::optional, When.LOGGED_IN),
  // RFC 959 section 4.1.3, service
  RETR(OnPath::required, When.LOGGED_IN),
  STOR(OnPath::required, When.LOGGED_IN),
  STOU(OnPath::optional, When.LOGGED_IN),
  APPE(OnPath::required, When.LOGGED_IN),
  ALLO(Allo::decode, When.LOGGED_IN),
  REST(Count::decode, When.LOGGED_IN),
  RNFR(OnPath::required, When.LOGGED_IN),
  RNTO(OnPath::required, When.LOGGED_IN),
  ABOR(Bare::lenient, When.LOGGED_IN),
  DELE(OnPath::required, When.LOGGED_IN),
  RMD(OnPath::required, When.LOGGED_IN),
  MKD(OnPath::required, When.LOGGED_IN),
  PWD(Bare::lenient, When.LOGGED_IN),
  LIST(OnPath::optional, When.LOGGED_IN),
  NLST(OnPath::optional, When.LOGGED_IN),
  SITE(Text::required, When.LOGGED_IN),
  SYST(Bare::lenient, When.ALWAYS),
  STAT(OnPath::optional, When.LOGGED_IN),
  HELP(Text::optional, When.ALWAYS),
  NOOP(Bare::lenient, When.ALWAYS),
  // RFC 2228 and RFC 4217, security
  AUTH(Text::required, When.ALWAYS),
  ADAT(Text::optional, When.ALWAYS),
  PBSZ(Count::decode, When.ALWAYS),
  PROT(Text::required, When.ALWAYS),
  CCC(Bare::lenient, When.ALWAYS),
  MIC(Text::optional, When.ALWAYS),
  CONF(Text::optional, When.ALWAYS),
  ENC(Text::optional, When.ALWAYS),
  // RFC 2389, RFC 2640, RFC 7151: negotiation
  FEAT(Bare::strict, When.ALWAYS),
  OPTS(Text::required, When.ALWAYS),
  LANG(Text::optional, When.ALWAYS),
  HOST(Text::required, When.ALWAYS),
  // RFC 3659, listings for programs
  SIZE(OnPath::required, When.LOGGED_IN),
  MDTM(OnPath::required, When.LOGGED_IN),
  MLST(OnPath::optional, When.LOGGED_IN),
  MLSD(OnPath::optional, When.LOGGED_IN),
  // draft-somers-ftp-mfxx
  MFMT(SetTime::decode, When.LOGGED_IN),
  MFCT(SetTime::decode, When.LOGGED_IN),
  MFF(SetFacts::decode, When.LOGGED_IN),
  // draft-bryan-ftpext-hash, draft-bryan-ftp-range, and the X digests of practice
  HASH(OnPath::required, When.LOGGED_IN),
  RANG(Text::required, When.LOGGED_IN),
  XCRC(Digest::decode, When.LOGGED_IN),
  XMD5(Digest::decode, When.LOGGED_IN),
  XSHA(Digest::decode, When.LOGGED_IN),
  XSHA1(Digest::decode, When.LOGGED_IN),
  XSHA256(Digest::decode, When.LOGGED_IN),
  XSHA512(Digest::decode, When.LOGGED_IN),
  COMB(Text::required, When.LOGGED_IN),
  // draft-peterson-streamlined-ftp-command-extensions, and the client names of practice
  AVBL(OnPath::optional, When.LOGGED_IN),
  DSIZ(OnPath::required, When.LOGGED_IN),
  RMDA(OnPath::required, When.LOGGED_IN),
  CLNT(Text::optional, When.ALWAYS),
  CSID(Text::optional, When.ALWAYS);

  /** In which part of a session a verb is served. */
  private enum When {
    ALWAYS,
    LOGGED_IN
  }

  /** Reads an argument. */
  private interface ArgumentDecoder {
    FtpCommand decode(Verb verb, String argument);
  }

  private static final Map<String, Verb> BY_NAME =
      Stream.of(values()).collect(Collectors.toUnmodifiableMap(Verb::name, Function.identity()));

  @SuppressWarnings("ImmutableEnumChecker") // method references without state
  private final ArgumentDecoder decoder;

  private final When when;

  Verb(ArgumentDecoder decoder, When when) {
    this.decoder = decoder;
    this.when = when;
  }

  /** The verb written as {@code word} in any letter case of ASCII; empty = unknown. */
  public static Optional<Verb> named(String word) {
    if (!word.chars().allMatch(c -> c < 0x80)) {
      return Optional.empty(); // letters outside ASCII have capitals inside it
    }
    return Optional.ofNullable(BY_NAME.get(word.toUpperCase(Locale.ROOT)));
  }

  /** Whether it is served before login (RFC 959 section 4.2). */
  public boolean beforeLogin() {
    return when == When.ALWAYS;
  }

  /**
   * The command with this verb.
   *
   * @throws Refusal 501, 504 or 522: the argument cannot be read
   */
  public FtpCommand decode(String argument) {
    return decoder.decode(this, argument);
  }

  /** The plain verb that an older name stands for; itself for all others. */
  public Verb canonical() {
    return switch (this) {
      case XCWD -> CWD;
      case XCUP -> CDUP;
      case XPWD -> PWD;
      case XMKD -> MKD;
      case XRMD -> RMD;
      default -> this;
    };
  }
}
