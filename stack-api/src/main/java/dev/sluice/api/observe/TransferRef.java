package dev.sluice.api.observe;

import dev.sluice.api.RemotePath;

/**
 * The transfer of an event: octets of a file, in one direction.
 *
 * @param id distinguishes the transfers of one process
 * @param file as the session names it
 */
public record TransferRef(long id, Direction direction, RemotePath file) {

  /** From the observer's point of view: a server sends a download, a client receives it. */
  public enum Direction {
    SENT,
    RECEIVED
  }
}
