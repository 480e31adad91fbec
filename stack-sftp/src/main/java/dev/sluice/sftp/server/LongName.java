package dev.sluice.sftp.server;

import dev.sluice.api.FileAttributes;
import dev.sluice.api.RawName;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The line for people that version 3 sends next to a name, as in {@code ls -l}, in UTC. */
final class LongName {
  private static final Duration RECENT = Duration.ofDays(182);
  private static final List<String> MONTHS =
      List.of("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec");
  private static final String LETTERS = "rwxrwxrwx";

  private LongName() {}

  /**
   * The line for {@code name} at the time {@code now}. It is for people, so nothing in it moves a
   * terminal or turns the direction of the text; the name itself is sent next to it.
   */
  static String of(String name, FileAttributes a, Instant now) {
    StringBuilder line = new StringBuilder(64 + name.length());
    line.append(type(a));
    mode(line, a.permissions() == FileAttributes.UNKNOWN ? fallback(a) : a.permissions());
    right(line.append(' '), Integer.toString(Math.max(1, a.links())), 4);
    left(line.append(' '), word(a.owner()), 8);
    left(line.append(' '), word(a.group()), 8);
    right(line.append(' '), Long.toString(Math.max(0, a.size())), 8);
    time(line.append(' '), a.modified(), now);
    return RawName.escape(line.append(' ').append(name).toString());
  }

  private static char type(FileAttributes a) {
    return switch (a.kind()) {
      case DIRECTORY -> 'd';
      case SYMBOLIC_LINK -> 'l';
      case FILE -> '-';
      case OTHER -> 'p';
    };
  }

  private static int fallback(FileAttributes a) {
    return a.isDirectory() ? 0755 : 0644;
  }

  private static void mode(StringBuilder line, int mode) {
    int start = line.length();
    for (int i = 0; i < LETTERS.length(); i++) {
      line.append((mode & 0400 >> i) != 0 ? LETTERS.charAt(i) : '-');
    }
    special(line, start + 2, (mode & 04000) != 0, 's');
    special(line, start + 5, (mode & 02000) != 0, 's');
    special(line, start + 8, (mode & 01000) != 0, 't');
  }

  private static void special(StringBuilder line, int at, boolean set, char letter) {
    if (set) {
      line.setCharAt(at, line.charAt(at) == 'x' ? letter : Character.toUpperCase(letter));
    }
  }

  /** Readers split the line at blanks, so the name of an owner must not contain any. */
  private static String word(@Nullable String name) {
    return name == null || name.isBlank() ? "-" : name.replaceAll("[\\s\\p{Cntrl}]", "_");
  }

  private static void time(StringBuilder line, @Nullable Instant modified, Instant now) {
    ZonedDateTime t = (modified == null ? Instant.EPOCH : modified).atZone(ZoneOffset.UTC);
    line.append(MONTHS.get(t.getMonthValue() - 1)).append(' ');
    right(line, Integer.toString(t.getDayOfMonth()), 2);
    line.append(' ');
    boolean recent =
        t.toInstant().isAfter(now.minus(RECENT)) && !t.toInstant().isAfter(now.plusSeconds(3600));
    if (recent) {
      two(line, t.getHour());
      two(line.append(':'), t.getMinute());
    } else {
      right(line, Integer.toString(t.getYear()), 5);
    }
  }

  private static void two(StringBuilder line, int number) {
    line.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
  }

  private static void right(StringBuilder line, String text, int width) {
    line.append(" ".repeat(Math.max(0, width - text.length()))).append(text);
  }

  private static void left(StringBuilder line, String text, int width) {
    line.append(text).append(" ".repeat(Math.max(0, width - text.length())));
  }
}
