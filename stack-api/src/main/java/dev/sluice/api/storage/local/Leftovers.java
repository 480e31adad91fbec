package dev.sluice.api.storage.local;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Temporary files that a crash has left behind. They are invisible, so a directory that looks empty
 * could not be deleted; there they are removed once they are old.
 */
final class Leftovers {
  /** Untouched for so long, no upload is behind it any more. */
  static final Duration STALE_AFTER = Duration.ofHours(24);

  private static final int MAX_REMOVED = 10_000;

  private Leftovers() {}

  /** Empties the directory at {@code place} if all in it is stale; false = it holds more. */
  static boolean removeAll(Place place) throws IOException {
    List<Path> stale = new ArrayList<>();
    try (Directory directory = place.directory().open(place.name())) {
      for (Iterator<Path> names = directory.names(); names.hasNext(); ) {
        Path name = names.next().getFileName();
        if (stale.size() == MAX_REMOVED || !isStale(directory, name)) {
          return false;
        }
        stale.add(name);
      }
      for (Path name : stale) {
        directory.deleteFile(name);
      }
    }
    return !stale.isEmpty();
  }

  private static boolean isStale(Directory directory, Path name) throws IOException {
    Instant limit = Instant.now().minus(STALE_AFTER);
    return TemporaryNames.matches(name.toString())
        && directory.attributes(name).lastModifiedTime().toInstant().isBefore(limit);
  }
}
