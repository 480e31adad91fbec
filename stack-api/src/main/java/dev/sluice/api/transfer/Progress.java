package dev.sluice.api.transfer;

import dev.sluice.api.FileAttributes;
import dev.sluice.api.RemotePath;

/**
 * How far the transfer of one file is.
 *
 * @param path the file, where it goes to
 * @param octets octets of the file that are in place, those of an earlier attempt included
 * @param total octets of the file, or {@link FileAttributes#UNKNOWN}
 * @param outcome what has become of it
 */
public record Progress(RemotePath path, long octets, long total, Outcome outcome) {

  /** What has become of a file. */
  public enum Outcome {
    /** More is to come. */
    RUNNING,
    /** All of it is written. */
    COMPLETE,
    /** It was there already. */
    UNCHANGED,
    /** A symbolic link or a device: not copied. */
    SKIPPED
  }
}
