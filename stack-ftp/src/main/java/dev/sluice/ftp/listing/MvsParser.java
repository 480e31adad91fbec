package dev.sluice.ftp.listing;

import dev.sluice.api.FileAttributes;
import dev.sluice.api.FileKind;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * z/OS: a list of data sets, or of the members of a partitioned data set with or without their
 * statistics. The header shows which.
 */
final class MvsParser implements DialectParser {
  private static final int MAX_WORDS = 12;

  /** Lines with fewer columns are stubs: migrated, on tape, a pseudo directory. */
  private static final int FULL_LINE = 7;

  private static final Pattern JOBS_HEADER =
      Pattern.compile("\\s*+JOBNAME\\s++JOBID\\s++OWNER\\s++STATUS.*");
  private static final Pattern SPOOL_HEADER =
      Pattern.compile("\\s*+ID\\s++STEPNAME\\s++PROCSTEP\\s++C\\s++DDNAME\\s.*");
  private static final Pattern JOB =
      Pattern.compile(
          "\\S{1,8}\\s++((?:JOB|STC|TSU|J|S|T)[0-9]{5,7})\\s++(?:(\\S{1,8})\\s++)?"
              + "(?:INPUT|ACTIVE|OUTPUT|HELD)(?:\\s.*)?");
  private static final Pattern SPOOL_FILE =
      Pattern.compile("\\s*+([0-9]{1,9})\\s++(?:\\S{1,8}\\s++){1,4}([0-9]{1,18})\\s*+");

  private enum Table {
    UNKNOWN,
    DATA_SETS,
    MEMBERS,
    JOBS,
    SPOOL
  }

  private final ServerTime time;
  private Table table;

  MvsParser(ServerTime time, boolean sure) {
    this.time = time;
    this.table = sure ? Table.MEMBERS : Table.UNKNOWN;
  }

  @Override
  public Reading read(String line) {
    Words words = Words.of(line, MAX_WORDS);
    if (words.get(0).equals("Volume") && words.get(words.count() - 1).equals("Dsname")) {
      table = Table.DATA_SETS;
      return Reading.SKIPPED;
    }
    if (words.get(0).equals("Name")
        && (words.get(1).equals("VV.MM") || words.get(1).equals("Size"))) {
      table = Table.MEMBERS;
      return Reading.SKIPPED;
    }
    if (table == Table.DATA_SETS) {
      return dataSet(words);
    }
    Reading spooled = jes(line);
    if (spooled.kind() != Reading.Kind.UNPARSED || table == Table.JOBS || table == Table.SPOOL) {
      return spooled;
    }
    Reading member = member(words);
    if (member.isRecognised() || table == Table.MEMBERS && words.count() < MAX_WORDS) {
      return member.isRecognised() ? member : bareMember(words);
    }
    return Reading.UNPARSED;
  }

  /** Jobs, named by their identifiers, and the files that one of them has written. */
  private Reading jes(String line) {
    if (JOBS_HEADER.matcher(line).matches()) {
      table = Table.JOBS;
      return Reading.SKIPPED;
    }
    if (SPOOL_HEADER.matcher(line).matches()) {
      table = Table.SPOOL;
      return Reading.SKIPPED;
    }
    Matcher job = table == Table.SPOOL ? SPOOL_FILE.matcher(line) : JOB.matcher(line);
    if (job.matches()) {
      FileAttributes file = FileAttributes.of(FileKind.FILE);
      return table == Table.SPOOL
          ? Reading.entry(job.group(1), file.withSize(Numbers.of(job.group(2))), false)
          : Reading.entry(job.group(1), file.withOwner(job.group(2), null), false);
    }
    boolean frame = line.matches("-+\\s*|\\s*[0-9]{1,9} spool files?.{0,80}");
    boolean inTable = table == Table.JOBS || table == Table.SPOOL;
    return frame && inTable ? Reading.SKIPPED : Reading.UNPARSED;
  }

  /** {@code Volume Unit Referred Ext Used Recfm Lrecl BlkSz Dsorg Dsname}, or one of its stubs. */
  private Reading dataSet(Words words) {
    int last = words.count() - 1;
    if (last < 1 || last == MAX_WORDS - 1) {
      return Reading.UNPARSED;
    }
    String name = words.get(last);
    boolean quoted = name.length() > 2 && name.startsWith("'") && name.endsWith("'");
    String plain = quoted ? name.substring(1, name.length() - 1) : name;
    if (!plain.matches("[A-Za-z0-9@#$.()+-]{1,64}")) {
      return Reading.UNPARSED;
    }
    FileAttributes attributes = FileAttributes.of(organisation(words, last));
    Optional<LocalDate> referred = ListedTime.isoDate(words.get(2));
    return Reading.entry(
        plain,
        referred
            .map(day -> attributes.withAccessed(time.at(day, LocalTime.MIDNIGHT)))
            .orElse(attributes),
        false);
  }

  /**
   * Partitioned data sets and pseudo directories hold others; migrated ones and tapes are files.
   */
  private static FileKind organisation(Words words, int last) {
    String dsorg = words.get(last - 1);
    if (dsorg.equals("PO") || dsorg.equals("PO-E") || dsorg.equals("Directory")) {
      return FileKind.DIRECTORY;
    }
    return last < FULL_LINE || dsorg.startsWith("PS") ? FileKind.FILE : FileKind.OTHER;
  }

  /** {@code Name VV.MM Created Changed(date and time) Size Init Mod Id}. */
  private Reading member(Words words) {
    Optional<LocalDate> created = ListedTime.isoDate(words.get(2));
    Optional<LocalDate> changed = ListedTime.isoDate(words.get(3));
    Optional<LocalTime> at = ServerTime.timeOfDay(words.get(4));
    if (!isMemberName(words.get(0))
        || !words.get(1).matches("[0-9]{2}\\.[0-9]{2}")
        || created.isEmpty()
        || changed.isEmpty()
        || at.isEmpty()) {
      return Reading.UNPARSED;
    }
    FileAttributes attributes =
        FileAttributes.of(FileKind.FILE)
            .withCreated(time.at(created.get(), LocalTime.MIDNIGHT))
            .withModified(time.at(changed.get(), at.get()))
            .withOwner(words.count() > 8 ? words.get(8) : null, null);
    return Reading.entry(words.get(0), attributes, true);
  }

  /** A member without statistics, or a load module whose columns hold nothing useful. */
  private static Reading bareMember(Words words) {
    boolean loadModule = words.count() > 2 && words.get(1).matches("[0-9A-F]{6,8}");
    return isMemberName(words.get(0)) && (words.count() == 1 || loadModule)
        ? Reading.entry(words.get(0), FileAttributes.of(FileKind.FILE), false)
        : Reading.UNPARSED;
  }

  private static boolean isMemberName(String word) {
    return word.matches("[A-Z@#$][A-Z0-9@#${]{0,7}");
  }
}
