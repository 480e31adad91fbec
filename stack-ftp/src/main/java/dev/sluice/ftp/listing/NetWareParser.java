package dev.sluice.ftp.listing;

import dev.sluice.api.FileAttributes;
import dev.sluice.api.FileKind;
import java.util.Optional;

/**
 * NetWare: {@code d [RWCEAFMS] owner size Mmm d HH:MM|YYYY name}, with or without the first blank.
 */
final class NetWareParser implements DialectParser {
  private static final int MAX_WORDS = 16;

  private final Dates dates;

  NetWareParser(Dates dates) {
    this.dates = dates;
  }

  @Override
  public Reading read(String line) {
    Words words = Words.of(line, MAX_WORDS);
    if (words.get(0).equals("total") && words.count() == 2 && Numbers.is(words.get(1))) {
      return Reading.COMMON;
    }
    String kind = words.get(0);
    boolean directory = kind.startsWith("d");
    boolean apart = kind.length() == 1;
    String rights = apart ? words.get(1) : kind.substring(1);
    if (!directory && !kind.startsWith("-") || !rights.matches("\\[[RWCEAFMS-]{0,10}]")) {
      return Reading.UNPARSED;
    }
    int owner = apart ? 2 : 1;
    for (int first = owner + 2; first < words.count() - 2; first++) {
      Optional<ListedTime> date = ListedTime.at(words, first, dates);
      long size = Numbers.of(words.get(first - 1));
      if (date.isPresent() && size != Numbers.NONE) {
        FileAttributes attributes =
            FileAttributes.of(directory ? FileKind.DIRECTORY : FileKind.FILE)
                .withSize(size)
                .withModified(date.get().instant())
                .withOwner(words.between(owner, first - 2), null);
        String name = words.afterBlanks(date.get().lastWord());
        return Reading.entry(name, attributes, date.get().timed());
      }
    }
    return Reading.UNPARSED;
  }
}
