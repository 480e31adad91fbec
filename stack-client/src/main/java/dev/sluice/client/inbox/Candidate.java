package dev.sluice.client.inbox;

import dev.sluice.api.FileAttributes;
import dev.sluice.api.FileEntry;
import dev.sluice.api.RemotePath;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A file that is ready.
 *
 * @param entry where it had arrived, with what the listing says of it
 * @param place where it was listed: another name, if this consumer has claimed it already
 * @param marker what says that it is complete; null = nothing
 */
record Candidate(FileEntry entry, RemotePath place, @Nullable RemotePath marker) {

  RemotePath path() {
    return entry.path();
  }

  /** Whether this consumer has claimed it already, by a rename. */
  boolean isClaimed() {
    return !place.equals(path());
  }

  /**
   * Whether a single look at the file shows another one. A listing may show times of whole minutes
   * only; then the sizes decide.
   */
  boolean differs(FileEntry now) {
    if (now.size() != entry.size()
        && now.size() != FileAttributes.UNKNOWN
        && entry.size() != FileAttributes.UNKNOWN) {
      return true;
    }
    Instant listed = entry.attributes().modified();
    Instant found = now.attributes().modified();
    return listed != null
        && found != null
        && listed.getEpochSecond() % 60 != 0
        && listed.getEpochSecond() != found.getEpochSecond();
  }

  /** Stands for this version of the file. */
  String key() {
    return entry.path() + " " + entry.size() + " " + entry.attributes().modified();
  }
}
