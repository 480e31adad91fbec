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

  private final ServerTime time;

  Os400Parser(ServerTime time) {
    this.time = time;
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
    if (size < 0 || modified.isEmpty()) {
      return Reading.UNPARSED;
    }
    String plain = name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
    return Reading.entry(plain, attributes.withSize(size).withModified(modified.get()), true);
  }

  /** A member may be told with the file it is in. */
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
    String[] parts = dateWord.length() == 8 ? dateWord.split("[/.-]", -1) : new String[0];
    if (parts.length != 3) {
      return Optional.empty();
    }
    int[] fields = new int[3];
    for (int i = 0; i < 3; i++) {
      fields[i] = Numbers.of(parts[i], 99);
      if (fields[i] < 0) {
        return Optional.empty();
      }
    }
    Optional<LocalDate> date =
        ServerTime.date(ServerTime.century(fields[0]), fields[1], fields[2])
            .or(() -> ServerTime.date(ServerTime.century(fields[2]), fields[0], fields[1]));
    return ServerTime.timeOfDay(timeWord).flatMap(at -> date.map(day -> time.at(day, at)));
  }
}
