package dev.sluice.ftp.server;

import dev.sluice.api.FileAttributes;
import dev.sluice.api.FileEntry;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The lines of LIST, as {@code ls -l} writes them, in UTC. */
final class UnixListing {
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("MMM", Locale.ENGLISH);
  private static final Duration RECENT = Duration.ofDays(180);

  private UnixListing() {}

  /** The line for {@code entry} at the time {@code now}, without line end. */
  static String line(FileEntry entry, String name, Instant now) {
    FileAttributes a = entry.attributes();
    StringBuilder line = new StringBuilder(64 + name.length());
    line.append(type(a)).append(bits(permissions(a))).append(' ');
    padLeft(line, Integer.toString(Math.max(1, a.links())), 3).append(' ');
    padRight(line, word(a.owner()), 8).append(' ');
    padRight(line, word(a.group()), 8).append(' ');
    padLeft(line, Long.toString(Math.max(0, a.size())), 8).append(' ');
    time(line, a.modified(), now).append(' ').append(name);
    if (a.isSymbolicLink() && a.linkTarget() != null) {
      line.append(" -> ").append(a.linkTarget());
    }
    return line.toString();
  }

  private static char type(FileAttributes a) {
    return switch (a.kind()) {
      case DIRECTORY -> 'd';
      case SYMBOLIC_LINK -> 'l';
      case FILE -> '-';
      case OTHER -> 'p';
    };
  }

  private static int permissions(FileAttributes a) {
    if (a.permissions() != FileAttributes.UNKNOWN) {
      return a.permissions();
    }
    return a.isDirectory() ? 0755 : 0644;
  }

  private static String bits(int mode) {
    char[] letters = "rwxrwxrwx".toCharArray();
    for (int i = 0; i < 9; i++) {
      if ((mode & 0400 >> i) == 0) {
        letters[i] = '-';
      }
    }
    special(letters, 2, (mode & 04000) != 0, 's');
    special(letters, 5, (mode & 02000) != 0, 's');
    special(letters, 8, (mode & 01000) != 0, 't');
    return new String(letters);
  }

  private static void special(char[] letters, int at, boolean set, char letter) {
    if (set) {
      letters[at] = letters[at] == 'x' ? letter : Character.toUpperCase(letter);
    }
  }

  /** Readers split the line at blanks, so a name of an owner must hold none. */
  private static String word(@Nullable String name) {
    return name == null || name.isBlank() ? "ftp" : name.replaceAll("[\\s\\p{Cntrl}]", "_");
  }

  private static StringBuilder time(StringBuilder line, @Nullable Instant modified, Instant now) {
    ZonedDateTime t = (modified == null ? Instant.EPOCH : modified).atZone(ZoneOffset.UTC);
    line.append(DAY.format(t)).append(' ');
    padLeft(line, Integer.toString(t.getDayOfMonth()), 2).append(' ');
    boolean recent =
        t.toInstant().isAfter(now.minus(RECENT))
            && !t.toInstant().isAfter(now.plus(Duration.ofDays(1)));
    return recent
        ? line.append(String.format(Locale.ROOT, "%02d:%02d", t.getHour(), t.getMinute()))
        : padLeft(line, Integer.toString(t.getYear()), 5);
  }

  private static StringBuilder padLeft(StringBuilder line, String text, int width) {
    line.append(" ".repeat(Math.max(0, width - text.length())));
    return line.append(text);
  }

  private static StringBuilder padRight(StringBuilder line, String text, int width) {
    line.append(text);
    return line.append(" ".repeat(Math.max(0, width - text.length())));
  }
}
