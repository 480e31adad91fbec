package dev.sluice.ftp.listing;

import dev.sluice.api.FileAttributes;
import java.util.Optional;

/**
 * {@code ls -l}: mode, links, owner, group, size or device numbers, date, one blank, name.
 *
 * <p>What stands between mode and date differs from server to server, so the date is searched and
 * the rest follows from it.
 */
final class UnixParser implements DialectParser {
  private static final int MAX_WORDS = 20;
  private static final String ARROW = " -> ";

  private final ServerTime time;

  UnixParser(ServerTime time) {
    this.time = time;
  }

  @Override
  public Reading read(String line) {
    Words words = Words.of(line, MAX_WORDS);
    String mode = words.get(0);
    if (mode.equals("total") && words.count() == 2 && Numbers.is(words.get(1))) {
      return Reading.COMMON;
    }
    if (words.start(0) != 0 || !UnixMode.is(mode)) {
      return Reading.UNPARSED;
    }
    for (int first = 2; first < words.count() - 2; first++) {
      Optional<ListedTime> date = ListedTime.at(words, first, time);
      if (date.isPresent() && isSize(words, first - 1)) {
        return read(words, first - 1, date.get());
      }
    }
    return Reading.UNPARSED;
  }

  /** A number, or the major and minor number of a device. */
  private static boolean isSize(Words words, int index) {
    String word = words.get(index);
    int comma = word.indexOf(',');
    return Numbers.is(word)
        || comma > 0
            && Numbers.is(word.substring(0, comma))
            && Numbers.is(word.substring(comma + 1));
  }

  private static Reading read(Words words, int sizeWord, ListedTime date) {
    String mode = words.get(0);
    FileAttributes attributes = UnixMode.attributes(mode).withModified(date.instant());
    int last = sizeWord - 1;
    if (last > 0 && words.get(last).endsWith(",")) {
      last--; // the major number of a device
    } else if (Numbers.is(words.get(sizeWord))) {
      attributes = attributes.withSize(Numbers.of(words.get(sizeWord)));
    }
    attributes = owners(attributes, words, last);
    String name = words.afterOneBlank(date.lastWord());
    int arrow = attributes.isSymbolicLink() ? name.indexOf(ARROW) : -1;
    if (arrow > 0) {
      attributes = attributes.withLinkTarget(name.substring(arrow + ARROW.length()));
      name = name.substring(0, arrow);
    }
    return Reading.entry(name, attributes, date.timed());
  }

  /** Links, owner, group in the words from 1 to {@code last}; an owner may hold blanks. */
  private static FileAttributes owners(FileAttributes attributes, Words words, int last) {
    int first = 1;
    FileAttributes known = attributes;
    if (first <= last && Numbers.of(words.get(first), Integer.MAX_VALUE) >= 0) {
      known = known.withLinks(Numbers.of(words.get(first), Integer.MAX_VALUE));
      first++;
    }
    if (first > last) {
      return known;
    }
    return first == last
        ? known.withOwner(words.get(first), null)
        : known.withOwner(words.between(first, last - 1), words.get(last));
  }
}
