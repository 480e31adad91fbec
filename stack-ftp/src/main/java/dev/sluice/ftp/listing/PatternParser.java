package dev.sluice.ftp.listing;

import dev.sluice.api.FileAttributes;
import dev.sluice.api.FileKind;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Formats whose lines differ only in their values. Every pattern takes time linear in the line. */
final class PatternParser implements DialectParser {
  private static final Pattern NOTHING = Pattern.compile("[-\\s]++");

  private static final Pattern OS2 =
      pattern(
          "\\s*+([0-9]{1,18})\\s++((?:[A-Z]{1,5}\\s++){0,4})([0-9]{2})-([0-9]{2})-([0-9]{2,3})"
              + "\\s++([0-9]{2}:[0-9]{2})\\s++(.+)");
  private static final Pattern VXWORKS =
      pattern(
          "\\s*+([0-9]{1,18})\\s++([A-Za-z]{3})-([0-9]{1,2})-([0-9]{4})"
              + "\\s++([0-9]{2}:[0-9]{2}:[0-9]{2})\\s++(.+)");
  private static final Pattern WFFTP =
      pattern(
          "(\\S++)\\s++([0-9]{1,18})\\s++([0-9]{2}/[0-9]{2}/[0-9]{2})\\s++([A-Za-z]{3,9}+\\.?)"
              + "\\s++([0-9]{2}:[0-9]{2}:[0-9]{2})\\s*+");
  private static final Pattern VSHELL =
      pattern(
          "\\s*+([0-9]{1,18})\\s++([A-Za-z]{3}) ([0-9]{2}), ([0-9]{4}) ([0-9]{2}:[0-9]{2}) (.+)");
  private static final Pattern OS9 =
      pattern(
          "\\s*+([0-9]{1,5}\\.[0-9]{1,5})\\s++([0-9]{2}/[0-9]{2}/[0-9]{2})\\s++([0-9]{2})([0-9]{2})"
              + "\\s++([d-][a-z-]{7})\\s++([0-9A-Fa-f]{1,16})\\s++([0-9]{1,18})\\s++(.+)");
  private static final Pattern NONSTOP =
      pattern(
          "(\\S{1,64})\\s++([0-9]{1,5})\\s++(?:[A-Z]\\s++)?([0-9]{1,18})"
              + "\\s++([0-9]{1,2}-[A-Za-z]{3}-[0-9]{2,4})\\s++([0-9]{1,2}:[0-9]{2}:[0-9]{2})"
              + "\\s++([0-9]{1,3},\\s{0,4}[0-9]{1,3})(?:\\s.*)?");
  private static final Pattern NUMERIC =
      pattern(
          "(0[0-7]{5,7})\\s++([0-9]{1,10})\\s++([0-9]{1,10})\\s++([0-9]{1,18})\\s++([0-9]{1,11})"
              + "\\s++(.+)");
  private static final Pattern ZVM =
      pattern(
          "\\s*+(\\S{1,16})\\s++(?:(\\S{1,8})\\s++([FV])\\s++[0-9]+\\s++[0-9]+\\s++[0-9]+"
              + "|DIR\\s++[- ]+)\\s*([0-9/-]{6,10})\\s++([0-9]{1,2}:[0-9]{2}:[0-9]{2})"
              + "(?:\\s++(\\S{1,16}))?\\s*");

  /**
   * The byte file system, whose names are in quotes; a name with a line end continues in the next
   * line.
   */
  private static final Pattern BFS =
      pattern(
          "([0-9]{2})/([0-9]{2})/([0-9]{4})\\s++([0-9]{2}:[0-9]{2}:[0-9]{2})\\s++([A-Z])"
              + "\\s++(?:-|[0-9]{1,10})\\s++(-|[0-9]{1,18})\\s++['\u2018\u2019](.+)");

  private final Pattern pattern;
  private final @Nullable Pattern header;
  private final BiFunction<Matcher, Dates, Reading> reading;
  private final Dates dates;

  private PatternParser(
      Pattern pattern,
      @Nullable String header,
      Dates dates,
      BiFunction<Matcher, Dates, Reading> reading) {
    this.pattern = pattern;
    this.header = header == null ? null : Pattern.compile(header);
    this.reading = reading;
    this.dates = dates;
  }

  /** IBM OS/2, which counts years from 1900. */
  static DialectParser os2(Dates dates) {
    return new PatternParser(OS2, null, dates, PatternParser::os2);
  }

  /** VxWorks in routers of Nortel: {@code size Mmm-dd-yyyy hh:mm:ss name <DIR>}. */
  static DialectParser vxWorks(Dates dates) {
    return new PatternParser(
        VXWORKS, "\\s*+size\\s++date\\s++time\\s++name\\s*+", dates, PatternParser::vxWorks);
  }

  /** WFFTP in routers of Nortel: {@code name size MM/dd/yy day hh:mm:ss}. */
  static DialectParser wfFtp(Dates dates) {
    return new PatternParser(WFFTP, null, dates, PatternParser::wfFtp);
  }

  /** VShell before version 3: {@code size Mmm dd, yyyy hh:mm name/}. */
  static DialectParser vShell(Dates dates) {
    return new PatternParser(VSHELL, null, dates, PatternParser::vShell);
  }

  /** Microware OS-9: {@code owner yy/MM/dd hhmm attributes sector size name}. */
  static DialectParser os9(Dates dates) {
    return new PatternParser(
        OS9, "\\s*+(Directory of .*|Owner\\s++Last modified.*)", dates, PatternParser::os9);
  }

  /** HP NonStop: {@code name code size d-Mmm-yy hh:mm:ss group,user "security"}. */
  static DialectParser nonStop(Dates dates) {
    return new PatternParser(
        NONSTOP, "\\s*+File\\s++Code\\s++EOF\\s.*", dates, PatternParser::nonStop);
  }

  /** Modes in octal, times in seconds since 1970. */
  static DialectParser numeric(Dates dates) {
    return new PatternParser(NUMERIC, null, dates, PatternParser::numeric);
  }

  /** z/VM: {@code name type F|V length records blocks date time owner}. */
  static DialectParser zVm(Dates dates) {
    return new PatternParser(ZVM, null, dates, PatternParser::zVm);
  }

  /** z/VM, byte file system: {@code MM/dd/yyyy hh:mm:ss kind links size 'name'}. */
  static DialectParser bfs(Dates dates) {
    return new PatternParser(BFS, null, dates, PatternParser::bfs);
  }

  /**
   * A name may hold characters that end a line elsewhere: octets of other charsets may look like
   * them.
   */
  private static Pattern pattern(String text) {
    return Pattern.compile(text, Pattern.DOTALL);
  }

  @Override
  public Reading read(String line) {
    Matcher matcher = pattern.matcher(line);
    if (matcher.matches()) {
      return reading.apply(matcher, dates);
    }
    if (header == null) {
      return Reading.UNPARSED;
    }
    return header.matcher(line).matches()
        ? Reading.SKIPPED
        : NOTHING.matcher(line).matches() ? Reading.COMMON : Reading.UNPARSED;
  }

  private static Reading os2(Matcher m, Dates dates) {
    boolean directory = m.group(2).startsWith("DIR");
    int years = Numbers.of(m.group(5), 999);
    int year = m.group(5).length() == 3 ? 1900 + years : ServerTime.century(years);
    LocalDate date =
        ServerTime.date(year, Numbers.of(m.group(3), 12), Numbers.of(m.group(4), 31)).orElse(null);
    FileAttributes known = directory ? kind(true) : kind(false).withSize(Numbers.of(m.group(1)));
    return entry(m.group(7), known, date, m.group(6), dates);
  }

  private static Reading vxWorks(Matcher m, Dates dates) {
    String rest = m.group(6).stripTrailing();
    boolean directory = rest.endsWith(" <DIR>");
    String name = directory ? rest.substring(0, rest.length() - 6).stripTrailing() : rest;
    FileAttributes known = directory ? kind(true) : kind(false).withSize(Numbers.of(m.group(1)));
    return entry(name, known, named(m.group(2), m.group(3), m.group(4)), m.group(5), dates);
  }

  private static Reading wfFtp(Matcher m, Dates dates) {
    FileAttributes known = kind(false).withSize(Numbers.of(m.group(2)));
    LocalDate date = dates.date(m.group(3), false).orElse(null);
    return entry(m.group(1), known, date, m.group(5), dates);
  }

  private static Reading vShell(Matcher m, Dates dates) {
    boolean directory = m.group(6).endsWith("/");
    String name = directory ? m.group(6).substring(0, m.group(6).length() - 1) : m.group(6);
    FileAttributes known = directory ? kind(true) : kind(false).withSize(Numbers.of(m.group(1)));
    return entry(name, known, named(m.group(2), m.group(3), m.group(4)), m.group(5), dates);
  }

  private static Reading os9(Matcher m, Dates dates) {
    boolean directory = m.group(5).startsWith("d");
    String[] owner = m.group(1).split("\\.", 2);
    FileAttributes known =
        kind(directory).withSize(Numbers.of(m.group(7))).withOwner(owner[1], owner[0]);
    LocalDate date = dates.date(m.group(2), true).orElse(null);
    return entry(m.group(8), known, date, m.group(3) + ":" + m.group(4), dates);
  }

  private static Reading nonStop(Matcher m, Dates dates) {
    FileAttributes known =
        kind(false)
            .withSize(Numbers.of(m.group(3)))
            .withOwner(m.group(6).replaceAll("\\s", ""), null);
    LocalDate date = dates.date(m.group(4), false).orElse(null);
    return entry(m.group(1), known, date, m.group(5), dates);
  }

  private static Reading numeric(Matcher m, Dates dates) {
    int mode = Integer.parseInt(m.group(1), 8);
    FileKind kind =
        switch (mode >> 12) {
          case 010 -> FileKind.FILE;
          case 004 -> FileKind.DIRECTORY;
          case 012 -> FileKind.SYMBOLIC_LINK;
          default -> FileKind.OTHER;
        };
    FileAttributes known =
        FileAttributes.of(kind)
            .withPermissions(mode & 07777)
            .withOwner(m.group(2), m.group(3))
            .withSize(Numbers.of(m.group(4)))
            .withModified(Instant.ofEpochSecond(Numbers.of(m.group(5))));
    return Reading.entry(m.group(6), known, true);
  }

  /** The line counts records, not octets: the size is not known. */
  private static Reading zVm(Matcher m, Dates dates) {
    boolean directory = m.group(3) == null;
    String name = directory ? m.group(1) : m.group(1) + "." + m.group(2);
    FileAttributes known = kind(directory).withOwner(m.group(6), null);
    return entry(name, known, dates.date(m.group(4), false).orElse(null), m.group(5), dates);
  }

  private static Reading bfs(Matcher m, Dates dates) {
    FileKind kind =
        switch (m.group(5)) {
          case "F" -> FileKind.FILE;
          case "D" -> FileKind.DIRECTORY;
          case "S" -> FileKind.SYMBOLIC_LINK;
          default -> FileKind.OTHER;
        };
    FileAttributes known = FileAttributes.of(kind);
    if (kind == FileKind.FILE) {
      known = known.withSize(Numbers.of(m.group(6)));
    }
    LocalDate date =
        ServerTime.date(
                Numbers.of(m.group(3), 9999),
                Numbers.of(m.group(1), 12),
                Numbers.of(m.group(2), 31))
            .orElse(null);
    String name = m.group(7);
    boolean ended = "'\u2018\u2019".indexOf(name.charAt(name.length() - 1)) >= 0;
    return entry(
        ended ? name.substring(0, name.length() - 1) : name, known, date, m.group(4), dates);
  }

  private static @Nullable LocalDate named(String month, String day, String year) {
    return ServerTime.date(Numbers.of(year, 9999), Months.of(month), Numbers.of(day, 31))
        .orElse(null);
  }

  private static FileAttributes kind(boolean directory) {
    return FileAttributes.of(directory ? FileKind.DIRECTORY : FileKind.FILE);
  }

  private static Reading entry(
      String name, FileAttributes known, @Nullable LocalDate date, String timeWord, Dates dates) {
    if (date == null) {
      return Reading.entry(name, known, false);
    }
    LocalTime at = ServerTime.timeOfDay(timeWord).orElse(null);
    Instant modified = dates.at(date, at == null ? LocalTime.MIDNIGHT : at);
    return Reading.entry(name, known.withModified(modified), at != null);
  }
}
