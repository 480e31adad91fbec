package dev.sluice.client.transfer;

import dev.sluice.api.WalkOptions;
import io.soabase.recordbuilder.core.RecordBuilder;

/**
 * What of a tree takes part in a mirror.
 *
 * @param filter which names take part
 * @param links what is done with symbolic links of the source; links in the target are never
 *     followed
 * @param depth of nested directories: 1 = the entries of the directory itself, at most {@link
 *     WalkOptions#MAX_DEPTH}
 */
@RecordBuilder
public record Scope(Filter filter, Links links, int depth) implements ScopeBuilder.With {
  /** Everything but links, as deep as it goes. */
  public static final Scope ALL = new Scope(Filter.all(), Links.SKIP, WalkOptions.MAX_DEPTH);

  public Scope {
    if (depth < 1 || depth > WalkOptions.MAX_DEPTH) {
      throw new IllegalArgumentException(
          "depth " + depth + ", 1 to " + WalkOptions.MAX_DEPTH + " are possible");
    }
  }

  /** What is done with symbolic links of the source. */
  public enum Links {
    /** They are left out. */
    SKIP,
    /** A link with the same text is made in the target. The text is not changed. */
    COPY,
    /**
     * What they lead to is copied in their place. A link to a directory that it lies in is left
     * out, as is one that leads nowhere.
     */
    FOLLOW
  }
}
