package dev.sluice.ftp.listing;

import dev.sluice.api.FileAttributes;
import dev.sluice.api.FileKind;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** MS-DOS, as IIS prints it: {@code MM-DD-YY hh:mmAM <DIR>|size name}. */
final class DosParser implements DialectParser {
  private static final int MAX_WORDS = 5;

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
    int tag = isHalf(words.get(2)) ? 3 : 2;
    Optional<LocalTime> at = timeOfDay(tag == 3 ? words.get(1) + words.get(2) : words.get(1));
    boolean sure = date.isPresent() && at.isPresent();
    if (!sure && !(Dates.isShaped(words.get(0)) && isClock(words.get(1)))
        || words.count() <= tag + 1) {
      return Reading.UNPARSED;
    }
    FileAttributes attributes = attributes(words.get(tag));
    if (attributes == null) {
      return Reading.UNPARSED;
    }
    FileAttributes timed =
        sure ? attributes.withModified(dates.at(date.get(), at.get())) : attributes;
    if (attributes.isFile()) {
      return Reading.entry(words.afterOneBlank(tag), timed, sure);
    }
    return link(words.afterColumn(tag, TAG_COLUMNS), timed, sure);
  }

  /** What the third column tells; null = nothing we know. */
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

  /** A link may tell its target: {@code name [C:\target]}. */
  private static Reading link(String name, FileAttributes attributes, boolean timed) {
    int bracket = attributes.isSymbolicLink() && name.endsWith("]") ? name.indexOf(" [") : -1;
    if (bracket <= 0) {
      return Reading.entry(name, attributes, timed);
    }
    String target = name.substring(bracket + 2, name.length() - 1);
    return Reading.entry(name.substring(0, bracket), attributes.withLinkTarget(target), timed);
  }

  /** What {@code dir} prints around the entries: the volume, the directory, the sums. */
  private static boolean isFrame(Words words, String line) {
    String first = words.get(0);
    String second = words.get(1);
    boolean sums = Numbers.is(first) && (second.equals("File(s)") || second.equals("Dir(s)"));
    return sums
        || line.startsWith(" Volume in drive ")
        || line.startsWith(" Volume Serial Number is ")
        || line.startsWith(" Directory of ") && line.indexOf(':') > 0 && line.indexOf('\\') > 0;
  }

  private static boolean isClock(String word) {
    return word.length() <= 10 && word.matches("[0-9]{1,2}:[0-9]{2}.*");
  }

  /** With AM or PM, where 12 is the hour before 1, or in 24 hours. */
  private static Optional<LocalTime> timeOfDay(String word) {
    String upper = word.length() > 16 ? "" : word.toUpperCase(Locale.ROOT);
    String digits = isHalf(upper) ? upper.substring(0, upper.length() - 2) : upper;
    Optional<LocalTime> read = ServerTime.timeOfDay(digits);
    if (digits.length() == upper.length()) {
      return read;
    }
    int half = upper.endsWith("PM") ? 12 : 0;
    return read.filter(at -> at.getHour() >= 1 && at.getHour() <= 12)
        .map(at -> at.withHour(at.getHour() % 12 + half));
  }

  private static boolean isHalf(String word) {
    return word.regionMatches(true, word.length() - 2, "AM", 0, 2)
        || word.regionMatches(true, word.length() - 2, "PM", 0, 2);
  }
}
