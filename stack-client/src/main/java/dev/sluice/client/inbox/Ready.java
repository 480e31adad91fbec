package dev.sluice.client.inbox;

import java.util.function.UnaryOperator;

/** When a file is complete, so that it can be taken up. */
public sealed interface Ready {

  /**
   * When so many polls after the first have found the same size and the same time of change. A
   * writer that pauses longer than these polls is taken for finished: let it write under another
   * name, or a marker.
   *
   * @param polls 0 = at once, for files that get their name when they are complete; at most 1000
   */
  static Ready stable(int polls) {
    return new Stable(polls);
  }

  /** When a file with this added to the name is there, too: {@code .done}. */
  static Ready marker(String suffix) {
    if (suffix.isEmpty()) {
      throw new IllegalArgumentException("a marker needs another name than its file");
    }
    return new Marker(name -> name + suffix);
  }

  /**
   * When a file of the name that {@code marker} makes of its name is there, too. The marker is
   * deleted when the file is claimed, or before it is deleted or moved. A marker that is older than
   * its file belongs to an earlier file of that name and does not count.
   */
  static Ready marker(UnaryOperator<String> marker) {
    return new Marker(marker);
  }

  /** See {@link #stable(int)}. */
  record Stable(int polls) implements Ready {
    private static final int MOST = 1000;

    public Stable {
      if (polls < 0 || polls > MOST) {
        throw new IllegalArgumentException("polls: " + polls + ", 0 to 1000 are possible");
      }
    }
  }

  /**
   * See {@link #marker(UnaryOperator)}.
   *
   * @param name of the marker, from the name of the file; in the same directory
   */
  record Marker(UnaryOperator<String> name) implements Ready {}
}
