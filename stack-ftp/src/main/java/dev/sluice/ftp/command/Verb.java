package dev.sluice.ftp.command;

import dev.sluice.ftp.reply.Refusal;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Every verb known, with its facts: how its argument is read, when it may come, what it takes to
 * carry it out, and what FEAT shows of it.
 */
public enum Verb {
  // RFC 959 section 4.1.1, access control
  USER(Text::required, When.ALWAYS, Work.REPLY, InFeat.NOTHING),
  PASS(Secret::decode, When.ALWAYS, Work.REPLY, InFeat.NOTHING),
  ACCT(Secret::decode, When.ALWAYS, Work.REPLY, InFeat.NOTHING),
  CWD(OnPath::required, When.LOGGED_IN, Work.REPLY, InFeat.NOTHING),
  CDUP(Bare::lenient, When.LOGGED_IN, Work.REPLY, InFeat.NOTHING),
  SMNT(Text::optional, When.LOGGED_IN, Work.REPLY, InFeat.NOTHING),
  REIN(Bare::lenient, When.ALWAYS, Work.REPLY, InFeat.NOTHING),
  QUIT(Bare::lenient, When.ALWAYS, Work.REPLY, InFeat.NOTHING),
  // RFC 1123 section 4.1.3.1, the older names
  XCWD(OnPath::required, When.LOGGED_IN, Work.REPLY, InFeat.NOTHING),
  XCUP(Bare::lenient, When.LOGGED_IN, Work.REPLY, InFeat.NOTHING),
  XPWD(Bare::lenient, When.LOGGED_IN, Work.REPLY, InFeat.NOTHING),
  XMKD(OnPath::required, When.LOGGED_IN, Work.REPLY, InFeat.NOTHING),
  XRMD(OnPath::required, When.LOGGED_IN, Work.REPLY, InFeat.NOTHING),
  // RFC 959 section 4.1.2 and RFC 2428, transfer parameters
  PORT(Port::decode, When.LOGGED_IN, Work.REPLY, InFeat.NOTHING),
  PASV(Bare::lenient, When.LOGGED_IN, Work.REPLY, InFeat.NOTHING),
  EPRT(Eprt::decode, When.LOGGED_IN, Work.REPLY, InFeat.NAME),
  EPSV(Epsv::decode, When.LOGGED_IN, Work.REPLY, InFeat.NAME),
  TYPE(Text::required, When.LOGGED_IN, Work.REPLY, InFeat.NOTHING),
  STRU(Text::required, When.LOGGED_IN, Work.REPLY, InFeat.NOTHING),
  MODE(Text::required, When.LOGGED_IN, Work.REPLY, InFeat.NOTHING),
  LPRT(Text::optional, When.LOGGED_IN, Work.REPLY, InFeat.NOTHING),
  LPSV(Text::optional, When.LOGGED_IN, Work.REPLY, InFeat.NOTHING),
  CPSV(Text::optional, When.LOGGED_IN, Work.REPLY, InFeat.NOTHING),
  SSCN(Text::optional, When.LOGGED_IN, Work.REPLY, InFeat.NOTHING),
  // RFC 959 section 4.1.3, service
  RETR(OnPath::required, When.LOGGED_IN, Work.TRANSFER, InFeat.NOTHING),
  STOR(OnPath::required, When.LOGGED_IN, Work.TRANSFER, InFeat.NOTHING),
  STOU(OnPath::optional, When.LOGGED_IN, Work.TRANSFER, InFeat.NOTHING),
  APPE(OnPath::required, When.LOGGED_IN, Work.TRANSFER, InFeat.NOTHING),
  ALLO(Allo::decode, When.LOGGED_IN, Work.REPLY, InFeat.NOTHING),
  REST(Count::decode, When.LOGGED_IN, Work.REPLY, InFeat.DETAILS),
  RNFR(OnPath::required, When.LOGGED_IN, Work.REPLY, InFeat.NOTHING),
  RNTO(OnPath::required, When.LOGGED_IN, Work.REPLY, InFeat.NOTHING),
  ABOR(Bare::lenient, When.LOGGED_IN, Work.REPLY, InFeat.NOTHING),
  DELE(OnPath::required, When.LOGGED_IN, Work.REPLY, InFeat.NOTHING),
  RMD(OnPath::required, When.LOGGED_IN, Work.REPLY, InFeat.NOTHING),
  MKD(OnPath::required, When.LOGGED_IN, Work.REPLY, InFeat.NOTHING),
  PWD(Bare::lenient, When.LOGGED_IN, Work.REPLY, InFeat.NOTHING),
  LIST(OnPath::optional, When.LOGGED_IN, Work.TRANSFER, InFeat.NOTHING),
  NLST(OnPath::optional, When.LOGGED_IN, Work.TRANSFER, InFeat.NOTHING),
  SITE(Text::required, When.LOGGED_IN, Work.REPLY, InFeat.NOTHING),
  SYST(Bare::lenient, When.ALWAYS, Work.REPLY, InFeat.NOTHING),
  STAT(OnPath::optional, When.LOGGED_IN, Work.REPLY, InFeat.NOTHING),
  HELP(Text::optional, When.ALWAYS, Work.REPLY, InFeat.NOTHING),
  NOOP(Bare::lenient, When.ALWAYS, Work.REPLY, InFeat.NOTHING),
  // RFC 2228 and RFC 4217, security
  AUTH(Text::required, When.ALWAYS, Work.REPLY, InFeat.DETAILS),
  ADAT(Text::optional, When.ALWAYS, Work.REPLY, InFeat.NOTHING),
  PBSZ(Count::decode, When.ALWAYS, Work.REPLY, InFeat.NAME),
  PROT(Text::required, When.ALWAYS, Work.REPLY, InFeat.NAME),
  CCC(Bare::lenient, When.ALWAYS, Work.REPLY, InFeat.NAME),
  MIC(Text::optional, When.ALWAYS, Work.REPLY, InFeat.NOTHING),
  CONF(Text::optional, When.ALWAYS, Work.REPLY, InFeat.NOTHING),
  ENC(Text::optional, When.ALWAYS, Work.REPLY, InFeat.NOTHING),
  // RFC 2389, RFC 2640, RFC 7151: negotiation
  FEAT(Bare::strict, When.ALWAYS, Work.REPLY, InFeat.NOTHING),
  OPTS(Text::required, When.ALWAYS, Work.REPLY, InFeat.NOTHING),
  LANG(Text::optional, When.ALWAYS, Work.REPLY, InFeat.DETAILS),
  HOST(Text::required, When.ALWAYS, Work.REPLY, InFeat.DETAILS),
  // RFC 3659, listings for programs
  SIZE(OnPath::required, When.LOGGED_IN, Work.REPLY, InFeat.NAME),
  MDTM(OnPath::required, When.LOGGED_IN, Work.REPLY, InFeat.NAME),
  MLST(OnPath::optional, When.LOGGED_IN, Work.REPLY, InFeat.DETAILS),
  MLSD(OnPath::optional, When.LOGGED_IN, Work.TRANSFER, InFeat.NOTHING),
  // draft-somers-ftp-mfxx
  MFMT(SetTime::decode, When.LOGGED_IN, Work.REPLY, InFeat.NAME),
  MFCT(SetTime::decode, When.LOGGED_IN, Work.REPLY, InFeat.NAME),
  MFF(SetFacts::decode, When.LOGGED_IN, Work.REPLY, InFeat.DETAILS),
  // draft-bryan-ftpext-hash, draft-bryan-ftp-range, and the X digests of practice
  HASH(OnPath::required, When.LOGGED_IN, Work.COMPUTATION, InFeat.DETAILS),
  RANG(Text::required, When.LOGGED_IN, Work.REPLY, InFeat.NAME),
  XCRC(Digest::decode, When.LOGGED_IN, Work.COMPUTATION, InFeat.NAME),
  XMD5(Digest::decode, When.LOGGED_IN, Work.COMPUTATION, InFeat.NAME),
  XSHA(Digest::decode, When.LOGGED_IN, Work.COMPUTATION, InFeat.NAME),
  XSHA1(Digest::decode, When.LOGGED_IN, Work.COMPUTATION, InFeat.NAME),
  XSHA256(Digest::decode, When.LOGGED_IN, Work.COMPUTATION, InFeat.NAME),
  XSHA512(Digest::decode, When.LOGGED_IN, Work.COMPUTATION, InFeat.NAME),
  COMB(Text::required, When.LOGGED_IN, Work.REPLY, InFeat.NAME),
  // draft-peterson-streamlined-ftp-command-extensions, and the client names of practice
  AVBL(OnPath::optional, When.LOGGED_IN, Work.REPLY, InFeat.NAME),
  DSIZ(OnPath::required, When.LOGGED_IN, Work.REPLY, InFeat.NAME),
  RMDA(OnPath::required, When.LOGGED_IN, Work.REPLY, InFeat.NAME),
  CLNT(Text::optional, When.ALWAYS, Work.REPLY, InFeat.NAME),
  CSID(Text::optional, When.ALWAYS, Work.REPLY, InFeat.NAME);

  /** In which part of a session a verb is served. */
  private enum When {
    ALWAYS,
    LOGGED_IN
  }

  /** What it takes to carry a verb out. */
  private enum Work {
    /** Answered soon, by one reply. */
    REPLY,
    /** Takes long without a data connection; ABOR may cut it short. */
    COMPUTATION,
    /** Uses a data connection; ABOR may cut it short. */
    TRANSFER
  }

  /** What the reply to FEAT shows of a verb that is offered (RFC 2389 section 3.2). */
  public enum InFeat {
    /** It belongs to RFC 959, or another line implies it. */
    NOTHING,
    /** Its name. */
    NAME,
    /** Its name and parameters, which depend on the session. */
    DETAILS
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
  private final Work work;
  private final InFeat inFeat;

  Verb(ArgumentDecoder decoder, When when, Work work, InFeat inFeat) {
    this.decoder = decoder;
    this.when = when;
    this.work = work;
    this.inFeat = inFeat;
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

  /** Whether it uses a data connection. */
  public boolean isTransfer() {
    return work == Work.TRANSFER;
  }

  /** Whether ABOR may cut it short. */
  public boolean isInterruptible() {
    return work != Work.REPLY;
  }

  public InFeat inFeat() {
    return inFeat;
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
