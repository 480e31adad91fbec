package dev.sluice.ftp.listing;

import dev.sluice.api.FileAttributes;
import dev.sluice.api.FileKind;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * OpenVMS: {@code NAME.EXT;v blocks[/allocated] d-MMM-yyyy hh:mm[:ss] [owner] (protection)}.
 *
 * <p>A long name stands on a line of its own and the rest on the next. The version is cut off. When
 * a name has many versions, only its first line, the newest, is an entry. Sizes are in blocks of
 * 512 octets, so they are upper bounds.
 */
final class VmsParser implements DialectParser {
  private static final int BLOCK_OCTETS = 512;
  private static final int MAX_WORDS = 12;
  private static final String DIRECTORY = ".DIR";

  private final ServerTime time;
  private @Nullable String held;
  private @Nullable String lastName;

  VmsParser(ServerTime time) {
    this.time = time;
  }

  @Override
  public Reading read(String line) {
    String before = held;
    held = null;
    if (before != null && isRest(line)) {
      return entry(before + " " + line).joined();
    }
    Words words = Words.of(line, 2);
    String first = words.get(0);
    boolean heading = first.equals("Directory") && !words.get(1).equals("of");
    if (heading || first.equals("Total") || first.equals("Grand")) {
      return Reading.SKIPPED;
    }
    if (words.count() == 1 && version(first) > 0) {
      held = line;
      return Reading.HELD;
    }
    return entry(line);
  }

  /** The second line of an entry begins with a blank or with the size, not with a name. */
  private static boolean isRest(String line) {
    return line.startsWith(" ") || line.startsWith("\t") || octets(Words.of(line, 1).get(0)) >= 0;
  }

  /**
   * Name, then size, date, time, owner and protection in any order; all but the name may be
   * missing.
   */
  private Reading entry(String line) {
    Words words = Words.of(line, MAX_WORDS);
    String versioned = words.get(0);
    int semicolon = version(versioned);
    if (semicolon <= 0) {
      return Reading.UNPARSED;
    }
    Facts facts = facts(words);
    boolean locked = words.get(1).startsWith("%RMS-"); // a file whose header may not be read
    if (!facts.dated && facts.octets < 0 && !locked) {
      return Reading.UNPARSED;
    }
    String name = versioned.substring(0, semicolon);
    if (name.equals(lastName)) {
      return Reading.SKIPPED;
    }
    lastName = name;
    boolean directory = name.toUpperCase(Locale.ROOT).endsWith(DIRECTORY);
    if (directory) {
      name = name.substring(0, name.length() - DIRECTORY.length());
    }
    FileAttributes attributes =
        FileAttributes.of(directory ? FileKind.DIRECTORY : FileKind.FILE)
            .withSize(facts.octets)
            .withModified(
                facts.date == null
                    ? null
                    : time.at(facts.date, facts.at == null ? LocalTime.MIDNIGHT : facts.at));
    return Reading.entry(
        name, withOwner(attributes, words), facts.date != null && facts.at != null);
  }

  private static Facts facts(Words words) {
    Facts facts = new Facts();
    for (int i = 1; i < words.count(); i++) {
      String word = words.get(i);
      if (word.startsWith("[") || word.startsWith("(")) {
        while (i < words.count() && !words.get(i).matches(".*[\\])]")) {
          i++;
        }
      } else if (facts.at == null && word.indexOf(':') > 0) {
        facts.at = ServerTime.timeOfDay(word).orElse(null);
      } else if (!facts.dated && word.length() <= 11 && word.indexOf('-') > 0) {
        facts.date = date(word).orElse(null);
        facts.dated = Dates.isShaped(word);
      } else if (facts.octets < 0) {
        facts.octets = octets(word);
      }
    }
    return facts;
  }

  /** The facts of a line besides the name. */
  private static final class Facts {
    @Nullable LocalDate date;
    @Nullable LocalTime at;
    boolean dated;
    long octets = FileAttributes.UNKNOWN;
  }

  private static FileAttributes withOwner(FileAttributes attributes, Words words) {
    int from = 1;
    while (from < words.count()
        && !words.get(from).startsWith("[")
        && !words.get(from).startsWith("(")) {
      from++;
    }
    if (from == words.count()) {
      return attributes;
    }
    String rest = words.between(from, words.count() - 1).replace(" ", "");
    int bracket = rest.indexOf(']');
    FileAttributes known = attributes;
    if (rest.startsWith("[") && bracket > 1) {
      String[] owner = rest.substring(1, bracket).split(",", 2);
      known =
          owner.length == 2 ? known.withOwner(owner[1], owner[0]) : known.withOwner(owner[0], null);
    }
    int open = rest.indexOf('(');
    int mode = open >= 0 && rest.endsWith(")") ? mode(rest.substring(open + 1)) : -1;
    return mode < 0 ? known : known.withPermissions(mode);
  }

  /** {@code (system,owner,group,world)}, each of the letters R, W, E, D; negative = none. */
  private static int mode(String protection) {
    String[] classes = protection.substring(0, protection.length() - 1).split(",", -1);
    if (classes.length != 4) {
      return -1;
    }
    int mode = 0;
    for (int i = 1; i < 4; i++) {
      int bits =
          (classes[i].indexOf('R') >= 0 ? 4 : 0)
              | (classes[i].indexOf('W') >= 0 ? 2 : 0)
              | (classes[i].indexOf('E') >= 0 ? 1 : 0);
      mode = mode << 3 | bits;
    }
    return mode;
  }

  /** Where the version begins; not positive = there is none. */
  private static int version(String word) {
    int semicolon = word.lastIndexOf(';');
    return Numbers.of(word.substring(semicolon + 1), 32_767) > 0 ? semicolon : -1;
  }

  /** Blocks used, perhaps with those allocated, or kibibytes; negative = none of these. */
  private static long octets(String word) {
    if (word.endsWith("KB")) {
      long kibibytes = Numbers.of(word.substring(0, word.length() - 2), Integer.MAX_VALUE);
      return kibibytes < 0 ? FileAttributes.UNKNOWN : kibibytes * 1024;
    }
    int slash = word.indexOf('/');
    long blocks = Numbers.of(slash < 0 ? word : word.substring(0, slash), Integer.MAX_VALUE);
    return blocks >= 0 && (slash < 0 || Numbers.is(word.substring(slash + 1)))
        ? blocks * BLOCK_OCTETS
        : FileAttributes.UNKNOWN;
  }

  /** {@code d-MMM-yyyy}. */
  private static Optional<LocalDate> date(String word) {
    String[] parts = word.length() > 11 ? new String[0] : word.split("-", -1);
    if (parts.length != 3) {
      return Optional.empty();
    }
    int year = Numbers.of(parts[2], 9999);
    int month = Months.of(parts[1]);
    return year < 0 || month == 0
        ? Optional.empty()
        : ServerTime.date(year, month, Numbers.of(parts[0], 31));
  }
}
