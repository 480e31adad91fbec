package dev.sluice.ftp.listing;

import dev.sluice.ftp.Dialect;

/** The parsers of the dialects. */
final class DialectParsers {
  private DialectParsers() {}

  /**
   * @param sure whether the caller chose the format, so that lines which could be anything are read
   */
  static DialectParser of(Dialect dialect, Dates dates, boolean sure) {
    return switch (dialect) {
      case UNIX -> new UnixParser(dates);
      case DOS -> new DosParser(dates);
      case VMS -> new VmsParser(dates.time());
      case OS400 -> new Os400Parser(dates);
      case MVS -> new MvsParser(dates.time(), sure);
      case NETWARE -> new NetWareParser(dates);
      case EPLF -> new EplfParser();
      case ZVM -> new ZvmParser(dates);
      case NONSTOP -> PatternParser.nonStop(dates);
      case OS2 -> PatternParser.os2(dates);
      case OS9 -> PatternParser.os9(dates);
      case VXWORKS -> PatternParser.vxWorks(dates);
      case WFFTP -> PatternParser.wfFtp(dates);
      case VSHELL -> PatternParser.vShell(dates);
      case NUMERIC -> PatternParser.numeric(dates);
      case MLSD -> new MlsdParser();
    };
  }
}
