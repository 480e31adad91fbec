package dev.sluice.ssh.key.trust;

import dev.sluice.ssh.wire.SshViolation;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Function;

/**
 * The records of files with one record per line, such as known_hosts and authorized_keys. People
 * and other programs edit these files: a byte order mark, CRLF, and a last line without an end are
 * normal, and a line that cannot be read spoils no other.
 *
 * @param records what was understood, in order
 * @param unreadable the lines that were not
 */
record RecordLines<T>(List<Line<T>> records, List<UnreadableLine> unreadable) {

  /** A byte order mark, which editors of Windows put before the first line. */
  private static final char MARK = '\uFEFF';

  /** What a line says, and where it stands. */
  record Line<T>(T content, int file, int number) {}

  /**
   * Reads files.
   *
   * @param parse empty = a line that says nothing; throws if it cannot understand the line
   */
  static <T> RecordLines<T> read(String[] files, Function<String, Optional<T>> parse) {
    List<Line<T>> records = new ArrayList<>();
    List<UnreadableLine> unreadable = new ArrayList<>();
    for (int file = 0; file < files.length; file++) {
      int number = 0;
      for (String line : withoutMark(files[file]).lines().toList()) {
        number++;
        String text = line.strip();
        if (text.isEmpty() || text.startsWith("#")) {
          continue;
        }
        Optional<T> content = Optional.empty();
        try {
          content = parse.apply(text);
        } catch (IllegalArgumentException | NoSuchElementException | SshViolation e) {
          unreadable.add(new UnreadableLine(file, number, String.valueOf(e.getMessage())));
        }
        if (content.isPresent()) {
          records.add(new Line<>(content.get(), file, number));
        }
      }
    }
    return new RecordLines<>(List.copyOf(records), List.copyOf(unreadable));
  }

  List<T> contents() {
    return records.stream().map(Line::content).toList();
  }

  private static String withoutMark(String file) {
    return !file.isEmpty() && file.charAt(0) == MARK ? file.substring(1) : file;
  }
}
