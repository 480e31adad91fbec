package dev.sluice.cli.output;

import dev.sluice.api.FileAttributes;
import dev.sluice.api.FileEntry;
import dev.sluice.api.RawName;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A line of {@code sluice ls -l}: what is not known is {@code -} or {@code ?}. */
public final class LongLine {
  private static final String LETTERS = "rwxrwxrwx";

  private LongLine() {}

  /**
   * The line of an entry.
   *
   * @param paint of the name
   */
  public static String of(FileEntry entry, Paint paint) {
    FileAttributes known = entry.attributes();
    String target = known.linkTarget();
    return String.format(
        Locale.ROOT,
        "%s%s  %-10s %-10s %14s  %20s  %s%s",
        kind(known),
        permissions(known.permissions()),
        RawName.escape(Objects.requireNonNullElse(known.owner(), "-")),
        RawName.escape(Objects.requireNonNullElse(known.group(), "-")),
        known.hasSize() ? Long.toString(known.size()) : "-",
        time(known.modified()),
        paint.name(known, RawName.escape(entry.name())),
        target == null ? "" : " -> " + RawName.escape(target));
  }

  private static char kind(FileAttributes known) {
    return switch (known.kind()) {
      case FILE -> '-';
      case DIRECTORY -> 'd';
      case SYMBOLIC_LINK -> 'l';
      case OTHER -> '?';
    };
  }

  private static String permissions(int mode) {
    if (mode == FileAttributes.UNKNOWN) {
      return "?".repeat(LETTERS.length());
    }
    StringBuilder text = new StringBuilder(LETTERS.length());
    for (int i = 0; i < LETTERS.length(); i++) {
      text.append((mode & (0400 >> i)) == 0 ? '-' : LETTERS.charAt(i));
    }
    return text.toString();
  }

  private static String time(@Nullable Instant modified) {
    return modified == null ? "-" : modified.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
