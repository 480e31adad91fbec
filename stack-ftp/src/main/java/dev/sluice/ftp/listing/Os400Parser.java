package dev.sluice.ftp.listing;

import dev.sluice.api.FileAttributes;
import dev.sluice.api.FileKind;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;

/**
 * IBM i: {@code OWNER size yy/MM/dd HH:mm:ss *TYPE name}; members of a file have neither size nor
 * date.
 */
final class Os400Parser implements DialectParser {
  private static final int MAX_WORDS = 6;

  /** From the beginning of the type to that of the name. */
  private static final int TYPE_COLUMNS = 11;

  private final Dates dates;

  Os400Parser(Dates dates) {
    this.dates = dates;
  }

  @Override
  public Reading read(String line) {
    Words words = Words.of(line, MAX_WORDS);
    int type = words.get(1).startsWith("*") ? 1 : 4;
    if (words.count() <= type + 1 || !words.get(type).matches("\\*[A-Z0-9]{2,9}")) {
      return Reading.UNPARSED;
    }
    String name = words.afterColumn(type, TYPE_COLUMNS);
    FileAttributes attributes =
        FileAttributes.of(kind(words.get(type), name)).withOwner(words.get(0), null);
    if (type == 1) {
      return Reading.entry(member(name), attributes, false);
    }
    long size = Numbers.of(words.get(1));
    Optional<Instant> modified = modified(words.get(2), words.get(3));
    if (!Numbers.isLong(words.get(1)) || modified.isEmpty() && !Dates.isShaped(words.get(2))) {
      return Reading.UNPARSED;
    }
    String plain = name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
    return Reading.entry(
        words.get(type).equals("*MEM") ? member(name) : plain,
        attributes.withSize(size).withModified(modified.orElse(null)),
        modified.isPresent());
  }

  /** A member may be listed with the file it is in. */
  private static String member(String name) {
    String plain = name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
    return plain.substring(plain.lastIndexOf('/') + 1);
  }

  private static FileKind kind(String type, String name) {
    return switch (type) {
      case "*STMF", "*MEM", "*DSTMF", "*DOC" -> FileKind.FILE;
      case "*DIR", "*DDIR", "*LIB", "*FLR" -> FileKind.DIRECTORY;
      case "*SYMLNK" -> FileKind.SYMBOLIC_LINK;
      // A physical file holds members; a save file is one stream of octets.
      case "*FILE" ->
          name.toUpperCase(Locale.ROOT).endsWith(".SAVF") ? FileKind.FILE : FileKind.DIRECTORY;
      default -> name.endsWith("/") ? FileKind.DIRECTORY : FileKind.OTHER;
    };
  }

  private Optional<Instant> modified(String dateWord, String timeWord) {
    Optional<LocalDate> date = dates.date(dateWord, true);
    return ServerTime.timeOfDay(timeWord).flatMap(at -> date.map(day -> dates.at(day, at)));
  }
}
