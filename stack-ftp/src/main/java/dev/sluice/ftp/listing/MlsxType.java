package dev.sluice.ftp.listing;

import dev.sluice.api.FileKind;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The value of the type fact (RFC 3659 section 7.5.1).
 *
 * @param linkTarget where a link points, when given
 */
record MlsxType(FileKind kind, @Nullable String linkTarget) {

  static MlsxType of(@Nullable String value) {
    String text = value == null ? "" : value;
    String lower = text.toLowerCase(Locale.ROOT);
    if (lower.startsWith("os.unix=slink") || lower.startsWith("os.unix=symlink")) {
      int colon = text.indexOf(':');
      boolean told = colon > 0 && colon + 1 < text.length();
      return new MlsxType(FileKind.SYMBOLIC_LINK, told ? text.substring(colon + 1) : null);
    }
    return switch (lower) {
      case "file" -> new MlsxType(FileKind.FILE, null);
      case "dir", "cdir", "pdir" -> new MlsxType(FileKind.DIRECTORY, null);
      default -> new MlsxType(FileKind.OTHER, null);
    };
  }
}
