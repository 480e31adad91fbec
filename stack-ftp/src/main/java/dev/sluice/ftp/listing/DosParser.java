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

  private final ServerTime time;

  DosParser(ServerTime time) {
    this.time = time;
  }

  @Override
  public Reading read(String line) {
    Words words = Words.of(line, MAX_WORDS);
    Optional<LocalDate> date = date(words.get(0));
    int tag = isHalf(words.get(2)) ? 3 : 2;
    Optional<LocalTime> at = timeOfDay(tag == 3 ? words.get(1) + words.get(2) : words.get(1));
    if (date.isEmpty() || at.isEmpty() || words.count() <= tag + 1) {
      return Reading.UNPARSED;
    }
    FileAttributes attributes = attributes(words.get(tag));
    if (attributes == null) {
      return Reading.UNPARSED;
    }
    FileAttributes timed = attributes.withModified(time.at(date.get(), at.get()));
    if (attributes.hasSize()) {
      return Reading.entry(words.afterOneBlank(tag), timed, true);
    }
    return link(words.afterColumn(tag, TAG_COLUMNS), timed);
  }

  /** What the third column tells; null = nothing we know. */
  private static @Nullable FileAttributes attributes(String tag) {
    return switch (tag) {
      case "<DIR>" -> FileAttributes.of(FileKind.DIRECTORY);
      case "<JUNCTION>", "<SYMLINKD>", "<SYMLINK>" -> FileAttributes.of(FileKind.SYMBOLIC_LINK);
      default -> {
        long size = tag.length() > 30 ? Numbers.NONE : Numbers.of(tag.replaceAll("[,.']", ""));
        yield size == Numbers.NONE ? null : FileAttributes.of(FileKind.FILE).withSize(size);
      }
    };
  }

  /** A link may tell its target: {@code name [C:\target]}. */
  private static Reading link(String name, FileAttributes attributes) {
    int bracket = attributes.isSymbolicLink() && name.endsWith("]") ? name.indexOf(" [") : -1;
    if (bracket <= 0) {
      return Reading.entry(name, attributes, true);
    }
    String target = name.substring(bracket + 2, name.length() - 1);
    return Reading.entry(name.substring(0, bracket), attributes.withLinkTarget(target), true);
  }

  /** {@code MM-DD-YY}, {@code MM-DD-YYYY}, {@code YYYY-MM-DD}, or with slashes. */
  private static Optional<LocalDate> date(String word) {
    if (word.length() == 10 && "-/".indexOf(word.charAt(4)) >= 0) {
      return ListedTime.isoDate(word);
    }
    boolean shortYear = word.length() == 8;
    if (!shortYear && word.length() != 10
        || "-/".indexOf(word.charAt(2)) < 0
        || word.charAt(5) != word.charAt(2)) {
      return Optional.empty();
    }
    int year = Numbers.of(word.substring(6), 9999);
    return year < 0
        ? Optional.empty()
        : ServerTime.date(
            shortYear ? ServerTime.century(year) : year,
            Numbers.of(word.substring(0, 2), 12),
            Numbers.of(word.substring(3, 5), 31));
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
