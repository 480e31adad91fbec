package dev.sluice.client.transfer;

import dev.sluice.api.RemotePath;
import java.time.Duration;

/**
 * What a comparison of two trees finds. A path is that in the second tree, also for what is missing
 * there. The last event is always a {@link Summary}.
 */
public sealed interface CheckEvent {

  /** A file has the same octets on both sides, or a link the same text. */
  record Verified(RemotePath path) implements CheckEvent {}

  /**
   * The two differ.
   *
   * @param detail in what
   */
  record Mismatch(RemotePath path, String detail) implements CheckEvent {}

  /** Only the first tree has it. */
  record Missing(RemotePath path) implements CheckEvent {}

  /** Only the second tree has it. */
  record Extra(RemotePath path) implements CheckEvent {}

  /**
   * It could not be compared: a link, a device, or what a tree refuses to list or to read.
   *
   * @param why in words
   */
  record Unsupported(RemotePath path, String why) implements CheckEvent {}

  /**
   * What was found, at the end.
   *
   * @param verified files and links
   * @param mismatched entries
   * @param missing entries; what is below a missing directory is not counted
   * @param extra entries; what is below an extra directory is not counted
   * @param unsupported entries and listings
   * @param took from the subscription on
   */
  record Summary(
      long verified, long mismatched, long missing, long extra, long unsupported, Duration took)
      implements CheckEvent {

    /** Whether everything was compared and nothing differs. */
    public boolean isSame() {
      return mismatched == 0 && missing == 0 && extra == 0 && unsupported == 0;
    }
  }
}
