package dev.sluice.client.inbox;

import dev.sluice.api.FileEntry;
import dev.sluice.api.RemotePath;

/** What became of the claim of a file. */
sealed interface Taking {

  /**
   * It is this consumer's.
   *
   * @param entry where it had arrived, with its attributes of now
   * @param place where it is now
   */
  record Taken(Candidate candidate, FileEntry entry, RemotePath place) implements Taking {
    RemotePath path() {
      return entry.path();
    }

    /** In a store; the same for the same version of the file. */
    String key() {
      return candidate.key();
    }
  }

  /** It is not taken now. */
  record Missed(InboxEvent.Passed event) implements Taking {}

  /** It is finished, and stays. */
  record Known() implements Taking {}
}
