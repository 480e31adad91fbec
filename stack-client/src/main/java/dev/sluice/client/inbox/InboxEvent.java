package dev.sluice.client.inbox;

import dev.sluice.api.RemotePath;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What happens in an {@link Inbox}. A path is where the file had arrived. */
public sealed interface InboxEvent {

  /**
   * The directory was looked at.
   *
   * @param files there, without those that a filter leaves out, are claimed, or are done
   * @param ready those of them that are complete and are taken up now
   */
  record Polled(int files, int ready) implements InboxEvent {}

  /**
   * A poll failed, and is tried again.
   *
   * @param inARow failures since the last poll that succeeded, this one included
   * @param next the wait until the next
   */
  record PollFailed(Throwable cause, int inARow, Duration next) implements InboxEvent {}

  /** A directory could not be listed, or not all of it; the poll goes on with what is known. */
  record ListingIncomplete(RemotePath directory, Throwable cause) implements InboxEvent {}

  /**
   * A file is now this consumer's, and goes to its handler.
   *
   * @param octets of the file, or {@link dev.sluice.api.FileAttributes#UNKNOWN}
   * @param again whether an earlier run had claimed it, so that it may have been handled before
   */
  record Claimed(RemotePath path, long octets, boolean again) implements InboxEvent {}

  /** A file that was ready is not taken up now. */
  record Passed(RemotePath path, Why why) implements InboxEvent {}

  /**
   * A step failed, and is tried again.
   *
   * @param attempt counts from 1, for each step anew
   * @param next the wait until the next attempt
   */
  record AttemptFailed(RemotePath path, Step step, int attempt, Throwable cause, Duration next)
      implements InboxEvent {}

  /**
   * A file is handled, and what follows is done, too.
   *
   * @param attempts of the handler
   * @param took from its claim on
   * @param movedTo where it is now; null = it was not moved
   */
  record Finished(RemotePath path, int attempts, Duration took, @Nullable RemotePath movedTo)
      implements InboxEvent {}

  /**
   * The last attempt of the handler has failed.
   *
   * @param movedTo where the file is now; null = it was not moved
   */
  record GaveUp(RemotePath path, int attempts, Throwable cause, @Nullable RemotePath movedTo)
      implements InboxEvent {}

  /** Why a file is not taken up. */
  enum Why {
    /** Another consumer was faster, or somebody has removed it. */
    GONE,
    /** Another consumer has claimed it. */
    HELD,
    /** It has changed since it was listed, and is looked at again. */
    CHANGED,
    /** Another consumer has taken the claim over, since it was not renewed in time. */
    LOST
  }

  /** What can fail for one file. */
  enum Step {
    /** Making it this consumer's. The next attempt is after the next poll. */
    CLAIM,
    /** The handler. */
    HANDLER,
    /** What follows: deletion or a move. It is repeated until it succeeds; the handler is not. */
    DONE
  }
}
