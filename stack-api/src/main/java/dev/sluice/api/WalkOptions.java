package dev.sluice.api;

import java.util.function.Predicate;

/**
 * What {@link FileOperations#walk} emits.
 *
 * @param depth of nested directories: 1 = the entries of the directory itself
 * @param wanted an entry is emitted only if this holds; directories are entered in any case
 */
public record WalkOptions(int depth, Predicate<FileEntry> wanted) {
  /** The deepest tree that is walked; a peer can invent more than any disk holds. */
  public static final int MAX_DEPTH = 256;

  /** Everything, as deep as it goes. */
  public static final WalkOptions ALL = new WalkOptions(MAX_DEPTH, entry -> true);

  public WalkOptions {
    if (depth < 1 || depth > MAX_DEPTH) {
      throw new IllegalArgumentException(
          "depth " + depth + ", 1 to " + MAX_DEPTH + " are possible");
    }
  }

  /** Does not go deeper. */
  public WalkOptions depth(int directories) {
    return new WalkOptions(directories, wanted);
  }

  /** Emits only entries whose name matches a {@link Glob}; adds to the other conditions. */
  public WalkOptions matching(String glob) {
    return where(entry -> new Glob(glob).matches(entry.name()));
  }

  /** Emits only entries of this kind; adds to the other conditions. */
  public WalkOptions only(FileKind kind) {
    return where(entry -> entry.kind() == kind);
  }

  private WalkOptions where(Predicate<FileEntry> also) {
    return new WalkOptions(depth, wanted.and(also));
  }
}
