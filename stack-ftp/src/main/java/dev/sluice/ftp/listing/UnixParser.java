package dev.sluice.ftp.listing;

import dev.sluice.api.FileAttributes;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code ls -l}: mode, links, owner, group, size or device numbers, date, one blank, name.
 *
 * <p>The columns between mode and date differ from server to server, so the parser looks for the
 * date and derives the rest from it. A line whose date or size cannot be read still has a name.
 */
final class UnixParser implements DialectParser {
  private static final int MAX_WORDS = 20;
  private static final int MAX_SIZE_WORD = 64;
  private static final Pattern SIZE =
      Pattern.compile("[0-9]+(,[0-9]+)?|[0-9]+(\\.[0-9]+)?[kKMGT][bB]?");
  private static final String ARROW = " -> ";

  private final Dates dates;

  UnixParser(Dates dates) {
    this.dates = dates;
  }

  @Override
  public Reading read(String line) {
    Words words = Words.of(line, MAX_WORDS);
    String mode = words.get(0);
    if (mode.equals("total") && isTotal(words)) {
      return Reading.COMMON;
    }
    boolean exact = UnixMode.is(mode);
    if (words.start(0) != 0 || !exact && !UnixMode.isLike(mode)) {
      return Reading.UNPARSED;
    }
    Reading dated = dated(words);
    return dated.kind() == Reading.Kind.UNPARSED && exact ? undated(words) : dated;
  }

  /** {@code total 12}, {@code total 1.5M}, {@code total of 3 files}. */
  private static boolean isTotal(Words words) {
    return words.count() == 2 && Character.isDigit(words.get(1).charAt(0))
        || words.get(1).equals("of");
  }

  private Reading dated(Words words) {
    for (int first = 2; first < words.count() - 1; first++) {
      Optional<ListedTime> date = ListedTime.at(words, first, dates);
      if (date.isPresent() && isSize(words.get(first - 1))) {
        return read(words, first - 1, date.get());
      }
    }
    boolean exact = UnixMode.is(words.get(0));
    for (int first = 2; exact && first < words.count() - 1; first++) {
      Optional<ListedTime> date = ListedTime.at(words, first, dates).or(shapedAt(words, first));
      String size = words.get(first - 1);
      if (date.isPresent() && (isSize(size) || gluedSize(size) > 0)) {
        return read(words, first - 1, date.get());
      }
    }
    return Reading.UNPARSED;
  }

  private static Supplier<Optional<ListedTime>> shapedAt(Words words, int first) {
    return () -> ListedTime.shapedAt(words, first);
  }

  /** Mode, links, owner, group and size, then the name at once. */
  private Reading undated(Words words) {
    for (int size = Math.min(4, words.count() - 2); size >= 2; size--) {
      if (Numbers.is(words.get(size))) {
        boolean dateWithoutName =
            ListedTime.at(words, size + 1, dates).or(shapedAt(words, size + 1)).isPresent();
        return dateWithoutName
            ? Reading.UNPARSED
            : read(words, size, new ListedTime(null, size, false));
      }
    }
    return Reading.UNPARSED;
  }

  /** A number however long, a rounded one, or the major and minor number of a device. */
  private static boolean isSize(String word) {
    return Numbers.is(word) || word.length() <= MAX_SIZE_WORD && SIZE.matcher(word).matches();
  }

  /** Where the size begins that follows a group without a blank; not positive = nowhere. */
  private static int gluedSize(String word) {
    int at = word.length();
    while (at > 0 && word.charAt(at - 1) >= '0' && word.charAt(at - 1) <= '9') {
      at--;
    }
    return at == word.length() ? 0 : at;
  }

  private static Reading read(Words words, int sizeWord, ListedTime date) {
    String mode = words.get(0);
    String size = words.get(sizeWord);
    FileAttributes attributes = UnixMode.attributes(mode).withModified(date.instant());
    int last = sizeWord - 1;
    if (last > 0 && words.get(last).endsWith(",")) {
      last--; // the major number of a device
    } else if (Numbers.is(size)) {
      attributes = attributes.withSize(Numbers.of(size));
    }
    int glued = isSize(size) ? 0 : gluedSize(size);
    if (glued > 0) {
      attributes =
          owners(attributes, words, last, size.substring(0, glued))
              .withSize(Numbers.of(size.substring(glued)));
    } else {
      attributes = owners(attributes, words, last, null);
    }
    String name = words.afterOneBlank(date.lastWord());
    int arrow = attributes.isSymbolicLink() ? name.indexOf(ARROW) : -1;
    if (arrow > 0) {
      attributes = attributes.withLinkTarget(name.substring(arrow + ARROW.length()));
      name = name.substring(0, arrow);
    }
    return Reading.entry(name, attributes, date.timed());
  }

  /**
   * Links, owner, group in the words from 1 to {@code last}; an owner may hold blanks.
   *
   * @param group the group when it is in none of these words; null = it is in one
   */
  private static FileAttributes owners(
      FileAttributes attributes, Words words, int last, @Nullable String group) {
    int first = 1;
    FileAttributes known = attributes;
    if (first <= last && Numbers.of(words.get(first), Integer.MAX_VALUE) >= 0) {
      known = known.withLinks(Numbers.of(words.get(first), Integer.MAX_VALUE));
      first++;
    }
    if (first > last) {
      return group == null ? known : known.withOwner(null, group);
    }
    if (group != null) {
      return known.withOwner(words.between(first, last), group);
    }
    return first == last
        ? known.withOwner(words.get(first), null)
        : known.withOwner(words.between(first, last - 1), words.get(last));
  }
}
