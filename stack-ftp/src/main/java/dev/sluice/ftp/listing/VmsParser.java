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
 * <p>A long name stands on a line of its own and the rest on the next. The version is cut off, and
 * of a name with many versions only the first line, the newest, is an entry. Sizes are told in
 * blocks of 512 octets, so they are upper bounds.
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
    if (before != null && line.startsWith(" ")) {
      return entry(before + " " + line).joined();
    }
    Words words = Words.of(line, 2);
    String first = words.get(0);
    if (first.equals("Directory") || first.equals("Total") || first.equals("Grand")) {
      return Reading.SKIPPED;
    }
    if (words.count() == 1 && version(first) > 0) {
      held = line;
      return Reading.HELD;
    }
    return entry(line);
  }

  private Reading entry(String line) {
    Words words = Words.of(line, MAX_WORDS);
    String versioned = words.get(0);
    int semicolon = version(versioned);
    Optional<LocalDate> date = date(words.get(2));
    long blocks = blocks(words.get(1));
    if (semicolon <= 0 || date.isEmpty() || blocks < 0) {
      return Reading.UNPARSED;
    }
    Optional<LocalTime> at = ServerTime.timeOfDay(words.get(3));
    String name = versioned.substring(0, semicolon);
    boolean directory = name.toUpperCase(Locale.ROOT).endsWith(DIRECTORY);
    if (directory) {
      name = name.substring(0, name.length() - DIRECTORY.length());
    }
    if (versioned.substring(0, semicolon).equals(lastName)) {
      return Reading.SKIPPED;
    }
    lastName = versioned.substring(0, semicolon);
    FileAttributes attributes =
        FileAttributes.of(directory ? FileKind.DIRECTORY : FileKind.FILE)
            .withSize(blocks * BLOCK_OCTETS)
            .withModified(time.at(date.get(), at.orElse(LocalTime.MIDNIGHT)));
    int rest = at.isPresent() ? 4 : 3;
    return Reading.entry(name, withOwner(attributes, words, rest), at.isPresent());
  }

  private static FileAttributes withOwner(FileAttributes attributes, Words words, int from) {
    if (words.count() <= from) {
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

  private static long blocks(String word) {
    int slash = word.indexOf('/');
    long blocks = Numbers.of(slash < 0 ? word : word.substring(0, slash), Integer.MAX_VALUE);
    return slash < 0 || Numbers.is(word.substring(slash + 1)) ? blocks : -1;
  }

  /** {@code d-MMM-yyyy}. */
  private static Optional<LocalDate> date(String word) {
    String[] parts = word.length() > 11 ? new String[0] : word.split("-", -1);
    if (parts.length != 3) {
      return Optional.empty();
    }
    int year = Numbers.of(parts[2], 9999);
    int month = ServerTime.month(parts[1]);
    return year < 0 || month == 0
        ? Optional.empty()
        : ServerTime.date(year, month, Numbers.of(parts[0], 31));
  }
}
