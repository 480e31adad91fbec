package dev.sluice.client.inbox;

import dev.sluice.api.RemotePath;

/** What becomes of a file once it is handled. */
public sealed interface Done {

  /** It is deleted. */
  static Done delete() {
    return new Delete();
  }

  /**
   * It is moved to a directory of the same tree, which is created if it is missing; directories
   * below the inbox are kept. If its name is taken there, it gets sixteen hexadecimal digits at the
   * end: nothing is replaced. Two consumers that move two files of one name in the same instant may
   * not see each other.
   */
  static Done moveTo(RemotePath directory) {
    return new MoveTo(directory);
  }

  /**
   * It stays where it is, and is taken up again only when its size or its time has changed. Needs
   * claims in a {@link ClaimStore}, which remembers it.
   */
  static Done leave() {
    return new Leave();
  }

  /** See {@link #delete()}. */
  record Delete() implements Done {}

  /**
   * See {@link #moveTo(RemotePath)}.
   *
   * @param directory in the tree of the inbox, not the inbox itself
   */
  record MoveTo(RemotePath directory) implements Done {}

  /** See {@link #leave()}. */
  record Leave() implements Done {}
}
