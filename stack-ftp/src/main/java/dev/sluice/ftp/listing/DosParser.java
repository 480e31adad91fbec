package dev.sluice.ftp.listing;

import dev.sluice.api.FileAttributes;
import dev.sluice.api.FileKind;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** MS-DOS, as IIS prints it: {@code MM-DD-YY hh:mmAM <DIR>|size name}. */
final class DosParser implements DialectParser {
  private static final int MAX_WORDS = 8;

  /** In {@code a. m.} */
  private static final int MARK_WORDS = 2;

  /** From the beginning of {@code <DIR>} to that of the name. */
  private static final int TAG_COLUMNS = 15;

  private final Dates dates;

  DosParser(Dates dates) {
    this.dates = dates;
  }

  @Override
  public Reading read(String line) {
    Words words = Words.of(line, MAX_WORDS);
    if (isFrame(words, line)) {
      return Reading.SKIPPED;
    }
    Optional<LocalDate> date = dates.date(words.get(0), false);
    Clock clock = Clock.in(words);
    if (clock == null
        || date.isEmpty() && !Dates.isShaped(words.get(0))
        || words.count() <= clock.tag() + 1) {
      return Reading.UNPARSED;
    }
    int tag = clock.tag();
    FileAttributes attributes = attributes(words.get(tag));
    if (attributes == null) {
      return Reading.UNPARSED;
    }
    boolean sure = date.isPresent() && clock.at() != null;
    FileAttributes timed =
        date.map(day -> attributes.withModified(dates.at(day, clock.orMidnight())))
            .orElse(attributes);
    if (attributes.isFile()) {
      return Reading.entry(words.afterOneBlank(tag), timed, sure);
    }
    return link(words.afterColumn(tag, TAG_COLUMNS), timed, sure);
  }

  /** The attributes in the third column; null = none that we know. */
  private static @Nullable FileAttributes attributes(String tag) {
    return switch (tag) {
      case "<DIR>" -> FileAttributes.of(FileKind.DIRECTORY);
      case "<JUNCTION>", "<SYMLINKD>", "<SYMLINK>" -> FileAttributes.of(FileKind.SYMBOLIC_LINK);
      default -> {
        String digits = tag.length() > 64 ? "" : tag.replaceAll("[,.']", "");
        yield digits.matches("[0-9]+")
            ? FileAttributes.of(FileKind.FILE).withSize(Numbers.of(digits))
            : null;
      }
    };
  }

  /** A link may show its target: {@code name [C:\target]}. */
  private static Reading link(String name, FileAttributes attributes, boolean timed) {
    int bracket = attributes.isSymbolicLink() && name.endsWith("]") ? name.indexOf(" [") : -1;
    if (bracket <= 0) {
      return Reading.entry(name, attributes, timed);
    }
    String target = name.substring(bracket + 2, name.length() - 1);
    return Reading.entry(name.substring(0, bracket), attributes.withLinkTarget(target), timed);
  }

  /**
   * Whether the line is one that {@code dir} prints around the entries: the volume, the directory,
   * the sums.
   */
  private static boolean isFrame(Words words, String line) {
    String first = words.get(0);
    String second = words.get(1);
    boolean sums = Numbers.is(first) && (second.equals("File(s)") || second.equals("Dir(s)"));
    return sums
        || line.startsWith(" Volume in drive ")
        || line.startsWith(" Volume Serial Number is ")
        || line.startsWith(" Directory of ") && line.indexOf(':') > 0 && line.indexOf('\\') > 0;
  }

  /**
   * The time of day, in 24 hours or with a mark before or after it, in one word or in several.
   *
   * @param at null = it has the form of a time, but its mark is not known
   * @param tag the word after it
   */
  private record Clock(@Nullable LocalTime at, int tag) {
    private static final Pattern GLUED =
        Pattern.compile("([^0-9:]{0,24}+)([0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)([^0-9:]{0,24}+)");

    LocalTime orMidnight() {
      return at == null ? LocalTime.MIDNIGHT : at;
    }

    static @Nullable Clock in(Words words) {
      int word = isMark(words.get(1)) ? 2 : 1;
      Matcher clock = GLUED.matcher(words.get(word));
      if (words.get(word).length() > 64 || !clock.matches()) {
        return null;
      }
      String before = (word == 2 ? words.get(1) : "") + clock.group(1);
      StringBuilder after = new StringBuilder(clock.group(3));
      int tag = word + 1;
      while (tag <= word + MARK_WORDS && isMark(words.get(tag))) {
        after.append(words.get(tag++));
      }
      if (!isMark(before, true) || !isMark(after.toString(), true)) {
        return null;
      }
      return new Clock(time(clock.group(2), before.isEmpty() ? after.toString() : before), tag);
    }

    private static @Nullable LocalTime time(String digits, String mark) {
      Optional<LocalTime> read = ServerTime.timeOfDay(digits);
      if (mark.isEmpty()) {
        return read.orElse(null);
      }
      HalfOfDay half = HalfOfDay.of(mark);
      return half == null ? null : read.flatMap(half::of).orElse(null);
    }

    private static boolean isMark(String word) {
      return isMark(word, false);
    }

    /** Whether the word is a known mark, part of one, or in letters that no other column has. */
    private static boolean isMark(String word, boolean orNothing) {
      if (word.isEmpty()) {
        return orNothing;
      }
      return HalfOfDay.of(word) != null
          || word.length() <= 2 && word.endsWith(".")
          || word.length() <= 24
              && word.chars().anyMatch(c -> c > 0x7f)
              && word.chars().noneMatch(c -> c >= '0' && c <= '9' || c == ':' || c == '<');
    }
  }
}
