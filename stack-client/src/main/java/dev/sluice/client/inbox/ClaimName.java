package dev.sluice.client.inbox;

import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.api.RawName;
import dev.sluice.api.RemotePath;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a file that a consumer has claimed by a rename.
 *
 * @param name the file's own
 */
record ClaimName(String name, String consumer) {
  private static final int LONGEST_NAME = 255;
  private static final Pattern CLAIMED =
      Pattern.compile("(?s)(.+)\\.([A-Za-z0-9_-]{1,64})\\.[0-9a-f]{16}\\.claimed");

  /** Reads a name; empty = no claim. */
  static Optional<ClaimName> of(String name) {
    if (!name.endsWith(".claimed")) {
      return Optional.empty();
    }
    Matcher parts = CLAIMED.matcher(name);
    return parts.matches()
        ? Optional.of(new ClaimName(parts.group(1), parts.group(2)))
        : Optional.empty();
  }

  /** A place that no claim has had before. */
  static RemotePath unused(RemotePath file, String consumer) {
    String name = file.name() + "." + consumer + "." + digits() + ".claimed";
    if (RawName.encode(name).length > LONGEST_NAME) {
      throw new FileFailure(
          FileError.INVALID_NAME,
          file,
          "is too long a name to be claimed by a rename; use Claims.stored");
    }
    return file.parent().child(name);
  }

  /** Sixteen hexadecimal digits that are new each time. */
  static String digits() {
    return String.format("%016x", ThreadLocalRandom.current().nextLong());
  }
}
